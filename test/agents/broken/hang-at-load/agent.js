export function createAgent() {
  for (;;);
}
