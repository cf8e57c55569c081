import type { CommandEntry } from './command.ts';

/** Every command, in the order of help. A new one is a folder beside this file and a line here. */
export const COMMANDS: readonly CommandEntry[] = [
  { name: 'tail', summary: 'stream events to stdout', load: () => import('./tail/index.ts') },
  { name: 'listen', summary: "receive Zoom's webhooks as events", load: () => import('./listen/index.ts') },
  { name: 'replay', summary: 're-emit, filter or convert a recording', load: () => import('./replay/index.ts') },
  { name: 'stats', summary: 'summarise a recording', load: () => import('./stats/index.ts') },
  {
    name: 'doctor',
    summary: 'run the 5-minute runbook and say what is wrong',
    load: () => import('./doctor/index.ts'),
  },
  {
    name: 'init',
    summary: 'ask for the settings, test them, write them down',
    load: () => import('./init/index.ts'),
  },
  { name: 'events', summary: 'list, search and describe event types', load: () => import('./events/index.ts') },
  {
    name: 'rtms',
    summary: 'live transcript, chat and who is there, from Realtime Media Streams',
    load: () => import('./rtms/index.ts'),
  },
  {
    name: 'simulate',
    summary: 'a local stand-in for Zoom: token endpoint, API probe and event socket',
    load: () => import('./simulate/index.ts'),
  },
  {
    name: 'sync',
    summary: 'meetings and webinars into Brevo: contacts, lists and events',
    load: () => import('./sync/index.ts'),
  },
  { name: 'trigger', summary: 'make a running simulator emit an event', load: () => import('./trigger/index.ts') },
  {
    name: 'completion',
    summary: 'print the completion script of a shell',
    load: () => import('./completion/index.ts'),
  },
];
