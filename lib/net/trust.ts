/** The public list of roots: what is trusted when nobody says otherwise. Never the machine's own store. */
import { rootCertificates } from 'node:tls';

/** PEM of Mozilla's list as bundled with Node. */
export const publicRoots: readonly string[] = rootCertificates;
