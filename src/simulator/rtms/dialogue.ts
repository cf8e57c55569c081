/** What is said, in this order and round again, by one after the other. */
export const DIALOGUE: readonly [string, ...string[]] = [
  'Good morning, everyone. Can you all hear me?',
  'Loud and clear.',
  'Then let us begin with the release.',
  'The build is green since yesterday evening.',
  'What about the two open reports from R&D?',
  'One is fixed. For the other one we need a log file.',
  'I can ask the customer for it after this call.',
  'Please do. When would you like to ship?',
  'Thursday, if nothing comes up.',
  'Thursday works for me. Who writes the notes?',
  'I will. They are nearly done already.',
  'Wonderful. Then the second topic: the café on the third floor.',
  'The coffee machine is broken again, isn’t it?',
  'It is. A new one costs less than the repair.',
  'So let us buy a new one. Any objections?',
  'None from me.',
  'Good. Is there anything else for today?',
  'Only that I am on holiday next week.',
  'Enjoy it! Who stands in for you?',
  'Zoë does. She knows where everything is.',
  'Perfect. Then we are through in record time.',
  'Thank you all, and see you tomorrow.',
];

/** What is written meanwhile. */
export const CHATTER: readonly [string, ...string[]] = [
  'Here is the list: https://example.com/release',
  'Thanks 👍',
  'Could you speak up a little?',
  'I have to leave five minutes early.',
  'The notes are in <the usual place>.',
];
