/**
 * The longest text that is taken from Zoom in one frame, in bytes: far above any event (Zoom's have some kilobytes; its
 * documentation names no limit), and a bound for memory, both of receiving it and of reading it from a recording.
 */
export const LARGEST_FRAME = 64 * 1024 * 1024;
