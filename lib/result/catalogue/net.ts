/** Findings about ports, addresses and connections. */
import { entry } from './entry.ts';

export const net = {
  'tcp.refused': entry({
    severity: 'error',
    actor: 'network-admin',
    text: 'Port {port} of {host} is closed: {addresses} refused the connection',
    args: { host: 'host', port: 'text', addresses: 'address' },
  }),
  'tcp.timeout': entry({
    severity: 'error',
    actor: 'network-admin',
    felt: true,
    text: 'Port {port} of {host} does not answer: nothing came from {addresses} within {waited}',
    args: { host: 'host', port: 'text', addresses: 'address', waited: 'ms' },
  }),
  'tcp.unreachable': entry({
    severity: 'error',
    actor: 'network-admin',
    text: 'There is no route to {host} at {addresses}',
    args: { host: 'host', port: 'text', addresses: 'address' },
  }),
  'tcp.one-address-fails': entry({
    severity: 'warning',
    actor: 'network-admin',
    text: 'Not all {total} addresses of {host} work: {failing} ({reason}). {effect?Some clients wait or fail}',
    args: { host: 'host', failing: 'address', total: 'count', reason: 'text', effect: 'text' },
  }),
  'net.reset': entry({
    severity: 'error',
    actor: 'network-admin',
    text: 'The connection to {host} was cut off {phase}',
    args: { host: 'host', address: 'address', phase: 'text' },
  }),
  'net.target-not-allowed': entry({
    severity: 'error',
    actor: 'operator',
    text: 'This installation may not test {address}: {rule}',
    args: { host: 'host', address: 'address', rule: 'text' },
  }),
  'net.limit-reached': entry({
    severity: 'error',
    actor: 'mail-admin',
    mayBe: { warning: 'what came within the limit is enough to go on with' },
    text: '{host} sent more than any honest server would: {what} beyond {limit}',
    args: { host: 'host', what: 'text', limit: 'text' },
  }),
  'net.outbound-proxy-refused': entry({
    severity: 'error',
    actor: 'operator',
    text: 'The outbound proxy {proxy} does not let this test through to {host}: {answer}',
    args: { host: 'host', proxy: 'host', answer: 'text' },
  }),
} as const;
