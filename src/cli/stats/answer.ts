import type { Arrival } from '../../event/arrival.ts';
import {
  createMeetings,
  createSummary,
  meetingsCsv,
  meetingsJson,
  type PageStyle,
  renderMeetings,
  renderSummary,
  summaryJson,
} from '../../stats/index.ts';
import { sanitize } from '../../terminal/sanitize.ts';
import type { StatsValues } from './flags.ts';

/** What is gathered from the events, and what is printed of it in the end. */
export type Answer = {
  /** Takes an event that the filters let through, or a lifecycle event. */
  add(arrival: Arrival): void;
  /** Takes an event that they did not. */
  passOver(arrival: Arrival): void;
  /** Given how many events and unreadable lines the recording holds. */
  text(counts: { readonly events: number; readonly damaged: number }): Promise<string>;
};

/** `isTerminal`: whether it goes to a terminal, not to a file or pipe. */
export type AnswerStyle = PageStyle & { readonly isTerminal: boolean };

export const answerFor = (values: StatsValues, style: AnswerStyle): Answer =>
  values.meetings ? meetingsAnswer(values, style) : summaryAnswer(values, style);

const summaryAnswer = ({ json }: StatsValues, style: PageStyle): Answer => {
  const summary = createSummary();
  return {
    add: summary.add,
    passOver: () => {},
    async text({ events, damaged }) {
      const result = summary.finish({ total: events, malformedLines: damaged });
      return json ? `${summaryJson(result)}\n` : renderSummary(result, style);
    },
  };
};

const meetingsAnswer = ({ json, csv }: StatsValues, style: AnswerStyle): Answer => {
  const meetings = createMeetings();
  return {
    add: meetings.add,
    passOver: meetings.passOver,
    async text() {
      const result = meetings.finish();
      if (json) return `${meetingsJson(result)}\n`;
      if (!csv) return renderMeetings(result, style);
      // A file gets topics and names as they are, a terminal what it cannot be harmed by.
      return style.isTerminal ? meetingsCsv(result).split('\n').map(sanitize).join('\n') : meetingsCsv(result);
    },
  };
};
