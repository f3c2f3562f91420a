/** The words for states, outcomes and actors: the same on every page and in every export. */
import type { Actor } from './catalogue/entry.ts';
import type { NodeState } from './node.ts';
import type { Outcome } from './verdict.ts';

export const stateWords: Readonly<Record<NodeState, string>> = {
  planned: 'planned',
  running: 'running',
  passed: 'passed',
  warning: 'warning',
  failed: 'failed',
  skipped: 'skipped',
  'not-needed': 'not needed',
  broken: 'our fault',
};

export const outcomeWords: Readonly<Record<Outcome, string>> = {
  passed: 'passed',
  warning: 'passed with warnings',
  failed: 'failed',
  incomplete: 'not tested to the end',
  broken: 'our fault',
};

export const actorWords: Readonly<Record<Actor, string>> = {
  you: 'you',
  helpdesk: 'the helpdesk',
  'mail-admin': 'the mail administrator',
  'dns-admin': 'the DNS administrator',
  'network-admin': 'the network administrator',
  'identity-admin': 'the identity administrator',
  operator: 'whoever runs Throughline',
  throughline: 'the makers of Throughline',
};

/** One character for each state, for text and terminals. */
export const stateSigns: Readonly<Record<NodeState, string>> = {
  planned: '·',
  running: '…',
  passed: '✓',
  warning: '!',
  failed: '✕',
  skipped: '↷',
  'not-needed': '–',
  broken: '☓',
};
