/** Which server to ask for the address book, and what a server is called outside. [MS-OXABREF] 3.1.4 */
import type { Place } from '../place.ts';
import { ecNotFound, SUCCESS } from '../store/codes.ts';
import { mailboxId, ORGANIZATION_DN, sameDn } from '../store/owner.ts';
import type { Interface } from './interface.ts';
import { type NdrReader, NdrWriter } from './ndr.ts';

export interface ReferralBend {
  /** By which name the server is to be called in the next connection. */
  server?: (place: Place) => string;
  /** The status of every call. */
  failing?: number;
}

export function referral(bend: ReferralBend = {}): Interface {
  const { server = mailboxId, failing } = bend;
  return {
    syntax: { uuid: '1544f5e0-613c-11d1-93df-00c04fd7bd09', major: 1, minor: 0 },
    calls: {
      0: {
        name: 'RfrGetNewDSA',
        answer: (args, { place }) => {
          readUser(args);
          return newDsaAnswer(failing === undefined ? server(place) : null, failing ?? SUCCESS);
        },
      },
      1: {
        name: 'RfrGetFQDNFromServerDN',
        answer: (args, { place }) => {
          args.u32();
          args.u32();
          const dn = args.string();
          const status = failing ?? (isServer(dn, server(place)) ? SUCCESS : ecNotFound);
          return fqdnAnswer(status === SUCCESS ? server(place) : null, status);
        },
      },
    },
  };
}

/** Whether a name in the directory is that of the server, with the name of a database behind it or without. */
function isServer(dn: string, server: string): boolean {
  const [account = ''] = server.split('.');
  const names = [server, account].map((name) => `${ORGANIZATION_DN}/cn=Configuration/cn=Servers/cn=${name}`);
  return names.some((name) => sameDn(name, dn.replace(/\/cn=Microsoft Private MDB$/i, '')));
}

/** Two more arguments follow that nobody uses. */
function readUser(args: NdrReader): void {
  args.u32();
  args.string();
}

function newDsaAnswer(server: string | null, status: number): Buffer {
  // The first argument is unused: a null.
  const writer = new NdrWriter()
    .pointer(false)
    .pointer()
    .pointer(server !== null);
  if (server !== null) writer.string(server);
  return writer.u32(status).done();
}

function fqdnAnswer(server: string | null, status: number): Buffer {
  const writer = new NdrWriter().pointer(server !== null);
  if (server !== null) writer.string(server);
  return writer.u32(status).done();
}
