/** What a piece of a line is, for the eye: alarm is red, warn yellow, ok green. */
export type Tone = 'plain' | 'faint' | 'strong' | 'alarm' | 'warn' | 'ok';

type Paint = (text: string) => string;

export type Palette = Readonly<Record<Tone, Paint>> & {
  /** The colour of an event type: what it means, or else the hue of its family. */
  readonly ofType: (type: string) => Paint;
};

const same: Paint = (text) => text;

/** No colour at all. */
const PLAIN: Palette = {
  plain: same,
  faint: same,
  strong: same,
  alarm: same,
  warn: same,
  ok: same,
  ofType: () => same,
};

/** Red, yellow and green have a meaning and are nobody's hue. */
const HUES = ['magenta', 'cyan', 'blue', 'magentaBright', 'cyanBright', 'blueBright'] as const;

/** The families that are seen most differ from each other; any other one keeps what its name comes to. */
const FAMILY_HUES: ReadonlyMap<string, (typeof HUES)[number]> = new Map([
  ['meeting', 'magenta'],
  ['webinar', 'magentaBright'],
  ['recording', 'blue'],
  ['phone', 'cyan'],
  ['user', 'blueBright'],
  ['team_chat', 'cyanBright'],
  ['chat_message', 'cyanBright'],
  ['chat_channel', 'cyanBright'],
]);

const hueOf = (type: string): (typeof HUES)[number] => {
  const [family = ''] = type.split('.', 1);
  const sum = [...family].reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0);
  return FAMILY_HUES.get(family) ?? HUES[sum % HUES.length] ?? 'magenta';
};

/** What an event of a type means for whoever watches: an alert, a connection lost or made; undefined for all others. */
export const meaningOf = (type: string): 'alarm' | 'warn' | 'ok' | undefined => {
  if (type === 'zoom_ws.connected' || type === 'zoom_ws.forward_up') return 'ok';
  if (type === 'zoom_ws.malformed') return 'warn';
  return type.startsWith('zoom_ws.') || ALERT.test(type) ? 'alarm' : undefined;
};

/** `meeting.alert`, `meeting.risk_alert`, `phone.emergency_alert`. */
const ALERT = /\.(\w+_)?alert$/;

/**
 * Colour functions. Of the sixteen colours, for a terminal shows those as its user chose them: readable on a dark and on a
 * light background.
 */
export const createPalette = async (color: boolean): Promise<Palette> => {
  if (!color) return PLAIN;
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  const tones = {
    plain: same,
    faint: chalk.dim,
    strong: chalk.bold,
    alarm: chalk.red,
    warn: chalk.yellow,
    ok: chalk.green,
  };
  const ofType = (type: string): Paint => {
    const meaning = meaningOf(type);
    return meaning === undefined ? chalk[hueOf(type)] : tones[meaning];
  };
  return { ...tones, ofType };
};
