const SOMEBODY_HOLDS = 'Zoom has trouble (https://status.zoom.us), or a proxy in between holds';

/** The steps of an answer, each with what is said if it takes too long. */
const STEPS = {
  connect: ['no connection', 'No answer: a firewall may be in the way; behind a proxy set HTTPS_PROXY.'],
  begin: ['no answer', `The connection stands, but no answer comes: ${SOMEBODY_HOLDS} the answer back.`],
  'go on': ['nothing more of the answer', `The answer began, but did not end: ${SOMEBODY_HOLDS} it back.`],
} as const;

/** A step, or all of them together, took too long. */
export class TooSlow extends Error {
  readonly advice: string | undefined;

  constructor(what: string, limitMs: number, advice?: string) {
    super(`${what} within ${limitMs / 1000} s`);
    this.advice = advice;
  }
}

/** In milliseconds. */
export type Patience = { readonly stepMs: number; readonly wholeMs: number };

/** Aborts `stop` with `TooSlow` if a step or the whole takes too long. Each call of the answer begins the next step. */
export const watchSteps = ({ stepMs, wholeMs }: Patience, stop: AbortController) => {
  AbortSignal.timeout(wholeMs).addEventListener('abort', () => stop.abort(new TooSlow('no whole answer', wholeMs)));
  let current = 0;
  return (step: keyof typeof STEPS): void => {
    current += 1;
    const mine = current;
    const [what, advice] = STEPS[step];
    AbortSignal.timeout(stepMs).addEventListener('abort', () => {
      if (mine === current) stop.abort(new TooSlow(what, stepMs, advice));
    });
  };
};
