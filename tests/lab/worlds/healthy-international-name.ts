import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const healthyInternationalName = defineWorld({
  name: 'healthy-international-name',
  title: 'Everything is well; the name of the mail server is written with an umlaut.',
  analyzer: 'tls',
  target: 'bücher.healthy-international-name.lab.test',
  hosts: { 'xn--bcher-kva': mailServer() },
});
