/**
 * Decoders of extensions, one for each kind: they take the extension as it came out of a certificate or CRL, and throw WireError
 * with a path such as `certificate.extensions[3].nameConstraints.permittedSubtrees[0]` where it is malformed.
 */
export * from './extension.ts';
export * from './extensions/identifiers.ts';
export * from './extensions/names.ts';
export * from './extensions/policies.ts';
export * from './extensions/sources.ts';
export * from './extensions/timestamps.ts';
export * from './extensions/usage.ts';
export * from './general-name.ts';
