const SEARCH = 115;

export const createAgent = () => ({
  act({ step }) {
    if (step === 0) for (;;);
    return SEARCH;
  },
});
