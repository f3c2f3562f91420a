/**
 * Keeps tests on this machine: every outgoing connection, datagram and DNS question that is not for the loopback
 * interface throws. Vitest loads it as a setup file, Playwright through its configuration; NODE_OPTIONS carries it
 * into the workers, servers and command lines that tests start.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';

type Anything = (this: unknown, ...args: unknown[]) => unknown;
type Methods = Record<string, Anything>;
interface Destination {
  host?: string;
  path?: string;
  lookup?: Anything;
}

const installed = Symbol.for('throughline.deny-network');

// Worlds dial the broadcast address and the documentation prefix on purpose, to get "unreachable" without a packet
// leaving the machine.
const allowed = new net.BlockList();
allowed.addSubnet('127.0.0.0', 8, 'ipv4');
allowed.addAddress('255.255.255.255', 'ipv4');
allowed.addAddress('::1', 'ipv6');
allowed.addSubnet('2001:db8::', 32, 'ipv6');

/** Whether a test may send something to this host: an IP address, or a name that is the loopback by definition. */
export function mayReach(host: string): boolean {
  const family = net.isIP(host);
  if (family === 0) return /^(.+\.)?localhost$/i.test(host);
  return allowed.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

function refuse(what: string): never {
  throw new Error(`Tests may not reach the network: ${what}`);
}

/** The answers of a lookup are checked too, since a name may be given together with its own resolver. */
function guardedLookup(lookup: Anything): Anything {
  return function (this: unknown, ...args) {
    const done = args.at(-1) as Anything;
    const checked: Anything = (error, answer, family) => {
      const addresses = Array.isArray(answer) ? answer.map((each) => each.address) : [answer];
      const outside = error ? undefined : addresses.find((address) => !mayReach(String(address)));
      if (outside === undefined) return done(error, answer, family);
      return done(new Error(`Tests may not reach the network: ${String(args[0])} is ${outside}`));
    };
    return lookup.call(this, ...args.slice(0, -1), checked);
  };
}

function guardDestination(options: Destination): Destination {
  if (options.path !== undefined || options.host === undefined || mayReach(options.host)) return options;
  if (net.isIP(options.host) !== 0) refuse(options.host);
  if (options.lookup === undefined) refuse(options.host);
  return { ...options, lookup: guardedLookup(options.lookup) };
}

function guardStreams(): void {
  const methods = net.Socket.prototype as unknown as Methods;
  const connect = methods.connect as Anything;
  methods.connect = function (...args) {
    const [first, second] = args;
    // Node's own callers hand over a marked array [options, callback]; the mark is lost if it is copied.
    if (Array.isArray(first)) first[0] = guardDestination(first[0]);
    else if (typeof first === 'object' && first !== null) args[0] = guardDestination(first);
    else if (typeof second === 'string') guardDestination({ host: second });
    return connect.apply(this, args);
  };
}

function guardDatagrams(): void {
  const methods = dgram.Socket.prototype as unknown as Methods;
  for (const name of ['send', 'connect']) {
    const original = methods[name] as Anything;
    methods[name] = function (...args) {
      // The address is the only text after the message or port, whichever of the many signatures is used.
      const host = args.slice(1).find((arg) => typeof arg === 'string' && !/^\d+$/.test(arg)) as string | undefined;
      if (host !== undefined && !mayReach(host)) refuse(host);
      return original.apply(this, args);
    };
  }
}

/** c-ares has sockets of its own, which no other guard sees: a resolver may only ask servers on the loopback. */
function guardResolver(target: Methods): void {
  for (const name of Object.getOwnPropertyNames(target)) {
    const original = target[name];
    if (!/^(resolve|reverse)/.test(name) || typeof original !== 'function') continue;
    target[name] = function (this: unknown, ...args) {
      const owner = (this ?? target) as Partial<Methods>;
      const servers = (owner.getServers ?? dns.getServers).call(owner) as string[];
      const outside = servers.find((server) => !mayReach(hostOf(server)));
      return outside === undefined ? original.apply(this, args) : refuse(`DNS server ${outside}`);
    };
  }
}

function hostOf(server: string): string {
  if (net.isIP(server) !== 0) return server;
  return server.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}

function guardNames(): void {
  for (const target of [dns, dns.promises] as unknown as Methods[]) {
    const lookup = target.lookup as Anything;
    target.lookup = function (...args) {
      const host = String(args[0]);
      if (net.isIP(host) === 0 && !mayReach(host)) refuse(`lookup of ${host}`);
      return lookup.apply(this, args);
    };
    guardResolver(target);
  }
  guardResolver(dns.Resolver.prototype as unknown as Methods);
  guardResolver(dns.promises.Resolver.prototype as unknown as Methods);
}

function guardChildren(): void {
  const load = `--import=${import.meta.url}`;
  const options = process.env.NODE_OPTIONS ?? '';
  if (!options.includes(load)) process.env.NODE_OPTIONS = `${options} ${load}`.trim();
}

const registry = globalThis as { [installed]?: true };
if (!registry[installed]) {
  registry[installed] = true;
  guardStreams();
  guardDatagrams();
  guardNames();
  guardChildren();
  syncBuiltinESMExports();
}
