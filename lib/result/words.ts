/** The words that are the same on every page and in every export: states, outcomes, severities, who acts, names of tests. */
import type { Actor, Severity } from './catalogue/entry.ts';
import type { NodeState } from './node.ts';
import type { Outcome } from './verdict.ts';

export const stateWords: Record<NodeState, string> = {
  planned: 'planned',
  running: 'running',
  passed: 'passed',
  warning: 'warning',
  failed: 'failed',
  skipped: 'skipped',
  'not-needed': 'not needed',
  broken: 'our fault',
};

export const outcomeWords: Record<Outcome, string> = {
  passed: 'Passed',
  warning: 'Works, with warnings',
  failed: 'Failed',
  incomplete: 'Not tested to the end',
  broken: 'Our fault',
};

export const severityWords: Record<Severity, string> = { error: 'Error', warning: 'Warning', notice: 'Notice' };

export const actorWords: Record<Actor, string> = {
  you: 'you',
  helpdesk: 'help desk',
  'mail-admin': 'mail administrator',
  'dns-admin': 'DNS administrator',
  'network-admin': 'network administrator',
  'identity-admin': 'administrator of the sign-in service',
  operator: 'whoever runs Throughline here',
  throughline: 'the makers of Throughline',
};

const tests: Record<string, string> = {
  outlook: 'Outlook',
  autodiscover: 'Autodiscover',
  'mapi-http': 'MAPI over HTTP',
  'rpc-http': 'RPC over HTTP',
  tls: 'TLS',
  certificate: 'Certificate',
};

/** What a person calls this analyzer. */
export const testName = (analyzer: string): string => tests[analyzer] ?? analyzer;

/** One character for each state, for text and terminals. */
export const stateSigns: Record<NodeState, string> = {
  planned: '·',
  running: '…',
  passed: '✓',
  warning: '!',
  failed: '✕',
  skipped: '↷',
  'not-needed': '–',
  broken: '☓',
};
