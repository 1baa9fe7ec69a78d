import { manifestsBeside } from '../manifests.ts';

/** The tutorial's six manifests, byte for byte as it prints them, by file name. */
export const guestbookManifests = manifestsBeside(import.meta.url);
