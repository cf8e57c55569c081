import { Complaint, count } from './flag.ts';

const LARGEST_PORT = 65_535;

/** A port to listen on. */
export const port = (value: string): number => {
  const number = count(0)(value);
  if (number > LARGEST_PORT) throw new Complaint(`expected a port from 0 to ${LARGEST_PORT}; 0 picks a free one`);
  return number;
};
