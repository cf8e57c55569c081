import type { Connection } from '../config/connection.ts';
import type { DoctorWorld } from './world.ts';

/** The complete settings, for checks that need `setup.settings`. */
export const connectionOf = ({ setup }: Pick<DoctorWorld, 'setup'>): Connection => {
  if (!setup.connection) throw new TypeError('a check that needs the settings must name setup.settings in its needs');
  return setup.connection;
};
