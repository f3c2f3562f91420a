import { hugeXml } from '../autodiscover/hostile.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const hugeAnswer = defineWorld({
  name: 'huge-answer',
  title: 'The mail server sends settings of 100 MB.',
  must: ['net.limit-reached'],
  hosts: { autodiscover: mailServer({ autodiscover: hugeXml }) },
});
