/** Facts about host names. Pure. */

const LOOPBACK_V4 = /^127(\.\d{1,3}){3}$/;

/** Whether a URL's host is this machine: 127.0.0.0/8, ::1, localhost and names below it (RFC 6761). */
export const isLoopback = (hostname: string): boolean => {
  const host = hostname.toLowerCase();
  return LOOPBACK_V4.test(host) || host === '[::1]' || /(^|\.)localhost$/.test(host);
};

/** Whether a URL's host is Zoom's own, commercial or for government: a token may go there unasked. */
export const isZoomHost = (hostname: string): boolean => /(^|\.)(zoom\.us|zoomgov\.com)$/.test(hostname.toLowerCase());
