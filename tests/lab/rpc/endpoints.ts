/** What can be called at which port. */
import type { AddressBookBend } from '../store/address-book.ts';
import { asyncEmsmdb, type EmsmdbBend, emsmdb } from './emsmdb.ts';
import type { Interface } from './interface.ts';
import { MAPPER_PORT, management, mapper } from './mapper.ts';
import { nspi } from './nspi.ts';
import { type ReferralBend, referral } from './referral.ts';

/** How what is called is bent. */
export interface InterfaceBend {
  mailbox?: EmsmdbBend;
  addressBook?: AddressBookBend;
  referral?: ReferralBend;
}

/** By port; a port that is not there is closed. */
export type Endpoints = Readonly<Record<number, readonly Interface[]>>;

export type MakeEndpoints = (bend: InterfaceBend) => Endpoints;

/** Each interface where clients look for it. */
export const apart: MakeEndpoints = ({ mailbox, addressBook, referral: rfr }) => ({
  6001: [emsmdb(mailbox), asyncEmsmdb],
  6002: [referral(rfr)],
  6004: [nspi(addressBook)],
});

/** Exchange 2013 and later: everything everywhere. */
export const everywhere: MakeEndpoints = ({ mailbox, addressBook, referral: rfr }) => {
  const all = [emsmdb(mailbox), asyncEmsmdb, referral(rfr), nspi(addressBook)];
  return { 6001: all, 6002: all, 6004: all };
};

/** Exchange 2010: referral and address book share their ports, and the endpoint mapper tells where. */
export const exchange2010: MakeEndpoints = ({ mailbox, addressBook, referral: rfr }) => {
  const managed = (...served: readonly Interface[]) => [...served, management(served)];
  const directory = managed(referral(rfr), nspi(addressBook));
  const ports = { 6001: managed(emsmdb(mailbox), asyncEmsmdb), 6002: directory, 6004: directory };
  return { ...ports, [MAPPER_PORT]: managed(mapper(ports)) };
};

/** Without what answers at these ports. */
export const without =
  (ports: readonly number[], make: MakeEndpoints = apart): MakeEndpoints =>
  (bend) =>
    Object.fromEntries(Object.entries(make(bend)).filter(([port]) => !ports.includes(Number(port))));
