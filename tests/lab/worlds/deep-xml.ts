import { nestedXml } from '../autodiscover/hostile.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const deepXml = defineWorld({
  name: 'deep-xml',
  title: 'The mail server sends settings that are nested ten thousand levels deep.',
  must: ['net.limit-reached'],
  hosts: { autodiscover: mailServer({ autodiscover: nestedXml }) },
});
