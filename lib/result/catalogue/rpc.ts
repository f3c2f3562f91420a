/** Findings about RPC over HTTP (Outlook Anywhere). */
import { entry } from './entry.ts';

export const rpc = {
  'rpc.proxy-not-answering': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'No RPC proxy answers at {host}: {what}',
    args: { host: 'host', what: 'text' },
  }),
  'rpc.proxy-buffers': entry({
    severity: 'error',
    actor: 'network-admin',
    text: 'A proxy in front of {host} does not pass on the long requests that Outlook Anywhere needs: {how}',
    args: { host: 'host', how: 'text', waited: 'ms' },
  }),
  'rpc.endpoint-unavailable': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'The RPC proxy {host} does not reach port {port} ({service}) of {server}: {why}',
    args: { host: 'host', port: 'text', service: 'text', server: 'name', why: 'text' },
  }),
  'rpc.access-denied': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'RPC access to the {service} of {host} is denied (fault 5)',
    args: { host: 'host', service: 'text', level: 'text' },
  }),
  'rpc.legacy-transport': entry({
    severity: 'notice',
    actor: 'mail-admin',
    text: '{client} would connect by RPC over HTTP, which has no future',
    args: { host: 'host', client: 'text' },
  }),
  'rpc.not-offered': entry({
    severity: 'error',
    actor: 'mail-admin',
    mayBe: { notice: 'the client in question connects by another way' },
    text: 'RPC over HTTP is not offered, and {client} speaks nothing else',
    args: { client: 'text', why: 'text' },
  }),
  'rpc.channels-not-joined': entry({
    severity: 'error',
    actor: 'network-admin',
    text: 'The two channels to port {port} of {host} do not find each other: {how}',
    args: { host: 'host', port: 'text', how: 'text', waited: 'ms' },
  }),
  'rpc.no-answer': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} does not answer: {awaited} did not come within {waited}',
    args: { host: 'host', port: 'text', awaited: 'text', waited: 'ms' },
  }),
  'rpc.fault': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: '{host} refuses {call} with RPC fault {status} ({meaning})',
    args: { host: 'host', call: 'text', status: 'text', meaning: 'text' },
  }),
  'rpc.malformed-response': entry({
    severity: 'error',
    actor: 'mail-admin',
    text: 'What {host} answers to {call} cannot be read: {reason}',
    args: { host: 'host', call: 'text', reason: 'text', field: 'text', offset: 'count' },
  }),
  'rpc.referral-failed': entry({
    severity: 'warning',
    actor: 'mail-admin',
    text: 'The referral service of {host} does not say which server to use: {why}',
    args: { host: 'host', call: 'text', why: 'text' },
  }),
  'rpc.plain-http-accepted': entry({
    severity: 'warning',
    actor: 'mail-admin',
    text: 'The RPC proxy {host} also lets in requests without encryption, on port 80',
    args: { host: 'host', status: 'text' },
  }),
  'rpc.encryption-not-enforced': entry({
    severity: 'notice',
    actor: 'mail-admin',
    text: '{host} lets in RPC without encryption of its own',
    args: { host: 'host' },
  }),
  'rpc.encryption-required': entry({
    severity: 'notice',
    actor: 'mail-admin',
    mayBe: { warning: 'the client in question does not encrypt RPC unless it is told to' },
    text: '{host} demands encryption of RPC (2416, ecNotEncrypted); clients whose profile does not encrypt are locked out: {clients}',
    args: { host: 'host', clients: 'text' },
  }),
  'rpc.recycled': entry({
    severity: 'notice',
    actor: 'mail-admin',
    text: '{host} wants a new channel for the RPC connection, and the test of port {port} ended there',
    args: { host: 'host', port: 'text' },
  }),
} as const;
