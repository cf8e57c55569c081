// Facts about host names. Pure.

import { isIP, isIPv4 } from 'node:net';

/**
 * Whether a host is this machine: 127.0.0.0/8, ::1, localhost and names below it (RFC 6761). Takes the host name of a URL
 * and the address of a socket, where IPv4 may come wrapped in IPv6.
 */
export const isLoopback = (host: string): boolean => {
  const bare = host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/^::ffff:/, '');
  return bare === '::1' || (isIPv4(bare) && bare.startsWith('127.')) || /(^|\.)localhost$/.test(bare);
};

/** The same for a Host header: `localhost:8787`, `127.0.0.1`, `[::1]:80`. */
export const isLoopbackHost = (header: string): boolean => isLoopback(header.replace(/:\d+$/, ''));

/** Whether a URL's host is Zoom's own, commercial or for government: a token may go there unasked. */
export const isZoomHost = (hostname: string): boolean => /(^|\.)(zoom\.us|zoomgov\.com)$/.test(hostname.toLowerCase());

/** Whether the host of a URL is an address, not a name. */
export const isIpAddress = (host: string): boolean => isIP(host.replace(/^\[(.*)\]$/, '$1')) !== 0;
