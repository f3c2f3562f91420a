import { mailServer } from '../hosts.ts';
import { frontEnd } from '../mail/exchange.ts';
import { defineWorld } from '../world.ts';

const headers = Array.from({ length: 10_000 }, (_, index) => [`X-Filler-${index}`, 'padding'] as const);

export const manyHeaders = defineWorld({
  name: 'many-headers',
  title: 'The mail server answers with ten thousand headers.',
  must: ['net.limit-reached'],
  hosts: { autodiscover: mailServer({ beforeSignIn: frontEnd(200, headers) }) },
});
