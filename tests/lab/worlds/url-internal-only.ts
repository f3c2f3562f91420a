import { exchange2019, type Offer } from '../autodiscover/pox.ts';
import type { Change } from '../autodiscover/protocols.ts';
import { ASK_JSON, each, everybody } from '../client-tables.ts';
import { blocked, connects } from '../clients.ts';
import { mailServer } from '../hosts.ts';
import { defineWorld } from '../world.ts';

const withoutAnywhere: Offer = (request) => exchange2019(request).filter((name) => !/^EX(PR|HTTP)$/.test(name));

/** No address for outside is set up; those that are left have the name of the inner network. */
const internalOnly: Change = (values) => {
  const inside = Object.entries(values).filter(([path]) => !/External/.test(path));
  return Object.fromEntries(
    inside.map(([path, value]) => [path, value.replace(/^https:\/\/[^/]*/, 'https://lab-ex01.corp.local')]),
  );
};

export const urlInternalOnly = defineWorld({
  name: 'url-internal-only',
  title: 'The settings name addresses for inside only.',
  analyzer: 'autodiscover',
  must: ['autodiscover.url-internal-only'],
  may: ['autodiscover.no-expr'],
  clients: everybody(blocked, each([...ASK_JSON, 'android-mail'], connects('https-autodiscover'))),
  hosts: { autodiscover: mailServer({ settings: { offer: withoutAnywhere, change: internalOnly } }) },
});
