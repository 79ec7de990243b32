/** The headless Chromium of the system, as tests of the website use it. */
import { chromium, type Browser } from 'playwright-core';

/** Starts it without anything that would reach for the network by itself; root needs it without Chromium's sandbox. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
