/** First name, last name, mailbox. Not all of them are ASCII: a consumer should meet that in a sample, not in production. */
export const PEOPLE = [
  ['Ada', 'Lovelace', 'ada'],
  ['Grace', 'Hopper', 'grace.hopper'],
  ['Zoë', 'Müller', 'zoe.mueller'],
  ['Tunde', 'Adeyemi', 'tunde'],
  ['Mary', "O'Neill", 'mary.oneill'],
  ['Nguyễn', 'Thị Hoa', 'hoa.nguyen'],
  ['Søren', 'Holm', 'soren'],
  ['Priya', 'Raman', 'priya.raman'],
  ['美咲', '山田', 'misaki.yamada'],
  ['Luis', 'García', 'luis.garcia'],
] as const;

export const TOPICS = [
  'Weekly sync',
  'Design review',
  'All hands: what we learned',
  'Interview, second round',
  'Quarterly numbers',
  'Release go/no-go 🚀',
  'Café with the new team',
] as const;

export const TIME_ZONES = ['America/Los_Angeles', 'America/New_York', 'Europe/Berlin', 'Asia/Tokyo', 'UTC'] as const;

export const MESSAGES = [
  'The numbers are in the usual folder.',
  'Can we move this to 3 pm?',
  'Thanks, that fixed it 🎉',
  'I will be ten minutes late.',
] as const;

export const FILE_STEMS = ['agenda', 'budget-2026', 'release-notes', 'floor-plan'] as const;
