import { useEffect, useState } from 'react';

/** Text to be copied, in full view, with a button. */
export function CopyText({ text, label }: { text: string; label: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => {
      setState('idle');
    }, 2500);
    return () => {
      clearTimeout(timer);
    };
  }, [state]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
    } catch {
      // Browsers refuse without https or permission; the text stays selectable.
      setState('refused');
    }
  };
  return (
    <div className="copy">
      <pre>
        <code>{text}</code>
      </pre>
      <button type="button" className="button" onClick={() => void copy()} aria-label={label}>
        {state === 'copied' ? 'Copied' : state === 'refused' ? 'Select it by hand' : 'Copy'}
      </button>
    </div>
  );
}
