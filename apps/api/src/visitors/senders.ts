import ipaddr from 'ipaddr.js';
import type { IncomingMessage } from 'node:http';
import proxyAddr from 'proxy-addr';

/**
 * Whom an address counts as: an IPv4 address for itself, an IPv6 address for its /64, since one household or machine has all 2^64
 * addresses of one.
 */
export function senderKey(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return 'unknown';
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv4) return parsed.toString();
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}

/** Tells senders apart: by who connects, or where proxies are trusted by whom they name in X-Forwarded-For. */
export class Senders {
  private readonly trust: (address: string, hops: number) => boolean;

  constructor(trustProxy: number | readonly string[]) {
    this.trust =
      typeof trustProxy === 'number'
        ? (_address, hops) => hops < trustProxy
        : proxyAddr.compile([...trustProxy]);
  }

  of(request: IncomingMessage): string {
    return senderKey(proxyAddr(request, this.trust));
  }

  /** The one at the other end of a connection; null if it is a proxy, which stands for many. */
  ofPeer(address: string | undefined): string | null {
    return address === undefined || this.trust(address, 0) ? null : senderKey(address);
  }
}
