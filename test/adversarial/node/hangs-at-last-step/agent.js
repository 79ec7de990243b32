// The game ends by itself after 60.
const SEARCH = 115;

export const createAgent = () => ({
  act({ step }) {
    if (step === 59) for (;;);
    return SEARCH;
  },
});
