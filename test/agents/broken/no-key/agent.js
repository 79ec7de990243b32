const SEARCH = 115;

export function createAgent() {
  return { act: ({ step }) => (step === 5 ? Number.NaN : SEARCH) };
}
