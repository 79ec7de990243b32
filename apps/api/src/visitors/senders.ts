import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';
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

/** How many times what one sender may have its site may have, all its senders together. */
export const SENDERS_A_SITE = 4;

/**
 * Whom a sender belongs to: a /64 to its /48, which is what one customer of a provider is given at most, with 65,536 of them; anybody
 * else to nobody but itself.
 */
export function siteOf(sender: string): string {
  return sender.endsWith('::/64') ? `${sender.split(':', 3).join(':')}::/48` : sender;
}

/** Reading an address takes longer than all else that is done before a request is refused. */
const known = new LRUCache<string, string>({ max: 16_384 });

function cachedKey(address: string | undefined): string {
  if (address === undefined) return senderKey(address);
  const found = known.get(address);
  if (found !== undefined) return found;
  const key = senderKey(address);
  // What a visitor writes into a header may be long and is no address.
  if (address.length <= 64) known.set(address, key);
  return key;
}

/** Tells senders apart: by who connects, or where proxies are trusted by whom they name in X-Forwarded-For. */
export class Senders {
  private readonly trust: (address: string, hops: number) => boolean;

  /** Nobody stands in front: whoever connects is the sender. */
  private readonly isDirect: boolean;

  constructor(trustProxy: number | readonly string[]) {
    this.isDirect = trustProxy === 0;
    this.trust =
      typeof trustProxy === 'number'
        ? (_address, hops) => hops < trustProxy
        : proxyAddr.compile([...trustProxy]);
  }

  of(request: IncomingMessage): string {
    return cachedKey(this.isDirect ? request.socket.remoteAddress : proxyAddr(request, this.trust));
  }

  /** The one at the other end of a connection, who may be a proxy. */
  ofConnection(address: string | undefined): string {
    return cachedKey(address);
  }

  /** The one at the other end of a connection; null if it is a proxy, which stands for many. */
  ofPeer(address: string | undefined): string | null {
    return address === undefined || this.trust(address, 0) ? null : cachedKey(address);
  }
}
