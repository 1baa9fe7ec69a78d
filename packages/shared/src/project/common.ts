import type { PodSpec } from '../api/core.ts';
import type { Condition, KubeObject, LabelSelector } from '../api/meta.ts';
import type { ConditionSummary, LabelSelectorSummary, OwnerRef } from '../entity/common.ts';
import type { Kind } from '../entity/entity.ts';
import { epochMs } from '../print/time.ts';
import { intern, interner, internText } from './intern.ts';
import { ProjectionError } from './projection-error.ts';

const internLabels = interner<Record<string, string>>();
const internOwner = interner<OwnerRef>();
const internImages = interner<string[]>();

/** The fields that every entity has, but for its kind and health. Throws a ProjectionError when it cannot be named. */
export function projectCommon(kind: Kind, object: KubeObject) {
  const { metadata } = object;
  for (const field of ['uid', 'name', 'resourceVersion'] as const) {
    if (typeof metadata?.[field] !== 'string' || metadata[field] === '') {
      throw new ProjectionError(kind, object, `metadata.${field}`);
    }
  }
  const created = epochMs(metadata.creationTimestamp);
  if (created === null) throw new ProjectionError(kind, object, 'metadata.creationTimestamp');
  return {
    uid: metadata.uid,
    version: metadata.resourceVersion,
    namespace: internText(metadata.namespace ?? ''),
    name: metadata.name,
    created,
    labels: internLabels(metadata.labels ?? {}),
    owner: projectOwner(object),
  };
}

function projectOwner(object: KubeObject): OwnerRef | null {
  const owner = object.metadata.ownerReferences?.find((reference) => reference.controller === true);
  return owner === undefined ? null : internOwner({ kind: owner.kind, uid: owner.uid, name: owner.name });
}

/** Conditions without their heartbeat times, so that a heartbeat is no change. */
export function projectConditions(conditions: Condition[] | null | undefined): ConditionSummary[] {
  return (conditions ?? []).map(({ type, status, reason, message, lastTransitionTime }) => ({
    type,
    status,
    reason: reason || null,
    message: message || null,
    since: epochMs(lastTransitionTime),
  }));
}

/** A label selector with both of its parts; null when the object has none. */
export function projectSelector(selector: LabelSelector | null | undefined): LabelSelectorSummary | null {
  if (selector === null || selector === undefined) return null;
  return intern({
    matchLabels: selector.matchLabels ?? {},
    matchExpressions: (selector.matchExpressions ?? []).map(({ key, operator, values }) => ({
      key,
      operator,
      values: values ?? [],
    })),
  });
}

/** The images of the main containers, in their order. */
export function projectImages(spec: PodSpec | undefined): string[] {
  return internImages((spec?.containers ?? []).map((container) => container.image ?? ''));
}

/** The revision that the Deployment controller writes into an annotation: the only annotation that is read. */
export function projectRevision(object: KubeObject): number | null {
  const revision = Number(object.metadata.annotations?.['deployment.kubernetes.io/revision']);
  return Number.isInteger(revision) && revision > 0 ? revision : null;
}
