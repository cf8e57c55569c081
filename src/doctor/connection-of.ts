import type { Connection } from '../config/connection.ts';
import type { DoctorContext } from './context.ts';

/** The complete settings, for checks that need `setup.settings`. */
export const connectionOf = ({ setup }: Pick<DoctorContext, 'setup'>): Connection => {
  if (!setup.connection) throw new TypeError('a check that needs the settings must name setup.settings in its needs');
  return setup.connection;
};
