import { onTestFinished } from 'vitest';
import { type Simulator, type SimulatorOptions, startSimulator } from '../../src/simulator/index.ts';
import { systemClock } from '../../src/time/system-clock.ts';
import { type CliOptions, type CliRun, startCli } from './run-cli.ts';

/** A stand-in for Zoom that is closed when the test ends. */
export const startZoom = async (options: Partial<SimulatorOptions> = {}): Promise<Simulator> => {
  const zoom = await startSimulator({ clock: systemClock, random: Math.random, ...options });
  onTestFinished(() => zoom.close());
  return zoom;
};

/** `zoom-ws tail` with the settings that lead to the stand-in. It is killed when the test ends before it does. */
export const tail = (zoom: Simulator, args: readonly string[], options: CliOptions = {}): CliRun => {
  const run = startCli(['tail', ...args], { ...options, env: { ...zoom.settings, ...options.env } });
  onTestFinished(() => {
    run.child.kill('SIGKILL');
  });
  return run;
};

/** The same, once Zoom has accepted the connection. */
export const readyTail = async (
  zoom: Simulator,
  args: readonly string[] = [],
  options: CliOptions = {},
): Promise<CliRun> => {
  const run = tail(zoom, args, options);
  await zoom.connected();
  return run;
};

/** Sends events and ends the run with SIGTERM once stdout shows `last`. */
export const finish = async (run: CliRun, last: RegExp) => {
  await run.waitFor('stdout', last);
  run.child.kill('SIGTERM');
  return run.done;
};
