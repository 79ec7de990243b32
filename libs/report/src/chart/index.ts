/** Charts as SVG files. */
export { curveChart, type Curve, type CurveChart } from './curves.ts';
export { distributionChart, type DistributionChart, type DistributionRow } from './distributions.ts';
export { intervalChart, type IntervalChart, type IntervalGroup } from './intervals.ts';
export { panelChart, type Panel, type PanelChart } from './panels.ts';
export { escapeXml } from './svg.ts';
