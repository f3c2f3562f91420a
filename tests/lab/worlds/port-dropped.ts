import { mailServerWithHttps } from '../hosts.ts';
import { dropped } from '../net/dropped-port.ts';
import { defineWorld } from '../world.ts';

export const portDropped = defineWorld({
  name: 'port-dropped',
  title: 'A firewall drops the packets to the HTTPS port of the mail server.',
  must: ['tcp.timeout'],
  hosts: { autodiscover: mailServerWithHttps(dropped) },
});
