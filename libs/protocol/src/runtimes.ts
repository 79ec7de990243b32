/** The runtimes of the contract, and what each wants of a manifest's entry, for the validator and the JSON schema alike. */

/** The runtimes this version of the platform knows. A worker may offer fewer. */
export const RUNTIMES = ['node', 'python', 'onnx', 'wasm'] as const;
export type Runtime = (typeof RUNTIMES)[number];
/** Names of runtimes that an organiser offers beside these. */
export const RUNTIME_NAME = /^[a-z][a-z0-9-]{0,31}$/;

export function isBuiltIn(name: string): name is Runtime {
  return (RUNTIMES as readonly string[]).includes(name);
}

/** How an entry's file must end; null: as it likes. */
export const ENDINGS: Record<Runtime, string | null> = {
  ...{ node: null, python: '.py', onnx: '.onnx', wasm: '.wasm' },
};

const SEGMENT = String.raw`(?!\.{1,2}(?:[/:]|$))[A-Za-z0-9._@+-]+`;
const PATH = `${SEGMENT}(?:/${SEGMENT})*`;
const CLASS = '[A-Za-z_][A-Za-z0-9_]*';

/** Of an entry in whatever runtime: a path within the submission; with a class if the file is Python. */
export const ENTRY = new RegExp(String.raw`^(?:${PATH}|(?=[^:]*\.py:)${PATH}:${CLASS})$`);

function entryPattern(runtime: Runtime): string {
  const ending = ENDINGS[runtime];
  const end = ending === null ? '^[^:]*' : ending.replace('.', String.raw`\.`);
  return `${end}${runtime === 'python' ? `(?::${CLASS})?` : ''}$`;
}

/** JSON schema (draft 2020-12): what a manifest's runtime asks of its entry, and that a model has a map, and nothing else has one. */
export function runtimeRules(): Record<string, unknown>[] {
  const of = (runtime: Runtime): Record<string, unknown> => ({
    ...{ properties: { runtime: { const: runtime } }, required: ['runtime'] },
  });
  return [
    ...RUNTIMES.map((runtime) => ({
      if: of(runtime),
      then: { properties: { entry: { pattern: entryPattern(runtime) } } },
    })),
    { if: of('onnx'), then: { required: ['onnx'] }, else: { properties: { onnx: false } } },
  ];
}
