/** Statuses that a media handshake is refused with; any other refuses the signalling. */
const isOfMedia = (status: number): boolean => status === 7 || (status >= 9 && status <= 39) || status === 43;

/** What is wrong with every handshake that follows. */
export type Troubles = {
  closes1000: boolean;
  /** Message 3 is never answered; data come all the same, as from Zoom's own mock server. */
  answersNoMedia: boolean;
  refuse: number | undefined;
  refusalOf(which: 'signal' | 'media'): number | undefined;
  clear(): void;
};

export const createTroubles = (): Troubles => ({
  closes1000: false,
  answersNoMedia: false,
  refuse: undefined,
  refusalOf(which) {
    return this.refuse !== undefined && isOfMedia(this.refuse) === (which === 'media') ? this.refuse : undefined;
  },
  clear() {
    this.closes1000 = false;
    this.answersNoMedia = false;
    this.refuse = undefined;
  },
});
