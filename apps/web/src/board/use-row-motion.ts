import { useLayoutEffect, useRef, type RefObject } from 'react';

const MOVE_MS = 520;
const FLASH_MS = 1600;

/**
 * Rows glide to their new places and light up for a moment when their figures change. The body's children carry
 * `data-key` and `data-signature`; what happened since the last rendering is read off them.
 */
export function useRowMotion(body: RefObject<HTMLElement | null>): void {
  const last = useRef(new Map<string, { top: number; signature: string }>());

  useLayoutEffect(() => {
    const container = body.current;
    if (container === null) return;
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const next = new Map<string, { top: number; signature: string }>();
    for (const element of container.children) {
      if (!(element instanceof HTMLElement)) continue;
      const { key, signature } = element.dataset;
      if (key === undefined || signature === undefined) continue;
      // Relative to the body: neither scrolling nor a strip that appears above the board is a movement of a row.
      const top = element.offsetTop - container.offsetTop;
      next.set(key, { top, signature });
      const before = last.current.get(key);
      if (before === undefined || still) continue;
      if (before.top !== top) {
        element.animate([{ transform: `translateY(${before.top - top}px)` }, { transform: 'none' }], {
          duration: MOVE_MS,
          easing: 'cubic-bezier(.2,.7,.2,1)',
        });
      }
      if (before.signature !== signature) {
        element.animate([{ backgroundColor: 'var(--flash)' }, { backgroundColor: 'transparent' }], {
          duration: FLASH_MS,
          easing: 'ease-out',
        });
      }
    }
    last.current = next;
  });
}
