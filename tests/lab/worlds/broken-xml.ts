import { cutOffXml } from '../autodiscover/hostile.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

export const brokenXml = defineWorld({
  name: 'broken-xml',
  title: 'The settings stop in the middle of the document.',
  must: ['autodiscover.invalid-xml'],
  hosts: { autodiscover: mailServer({ autodiscover: cutOffXml }) },
});
