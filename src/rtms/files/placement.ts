/** How many ends of packets are remembered: a second of the shortest ones. */
const REMEMBERED = 50;

/**
 * Turns times into positions of one track. Where a packet begins within half its length of where another one ends, it is
 * put right behind it: times that tremble make no clicks. Anything further away stands where its time says.
 */
export const createPlacement = (rate: number) => {
  const ends: number[] = [];
  return {
    /** The position of a packet of `frames` frames, `offsetMs` after the stream's start; may lie before it. */
    place(offsetMs: number, frames: number): number {
      const exact = Math.round((offsetMs * rate) / 1000);
      let position = exact;
      let nearest = frames / 2;
      for (const end of ends) {
        const distance = Math.abs(end - exact);
        if (distance < nearest) {
          nearest = distance;
          position = end;
        }
      }
      ends.push(position + frames);
      if (ends.length > REMEMBERED) ends.shift();
      return position;
    },
  };
};
