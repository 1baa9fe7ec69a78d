import { type EntityOf, printSelector } from '@portolan/shared';
import { Glyph, type GlyphName } from '../../../views/glyph.tsx';
import { type Fact, type FactsOf, lines, mono, selectorFact, type Telling } from './fact.tsx';

type Backend = EntityOf<'Ingress'>['fallback'];

const backendText = (backend: Backend, { text }: Telling) =>
  backend?.service ? [backend.service, backend.port].filter((part) => part !== null).join(':') : text.noService;

function ingressFacts(ingress: EntityOf<'Ingress'>, telling: Telling): readonly Fact[] {
  const { text } = telling;
  return [
    ['CLASS', mono(ingress.class ?? '<none>')],
    ['ADDRESS', ingress.addresses.length === 0 ? mono('<none>') : lines(ingress.addresses)],
    [
      text.rules,
      lines(
        ingress.rules.map(({ host, path, backend }) => {
          const from = `${host ?? '*'}${path ?? ''}`;
          return backend === null ? from : `${from} → ${backendText(backend, telling)}`;
        }),
      ),
    ],
    [text.defaultBackend, ingress.fallback && mono(backendText(ingress.fallback, telling))],
    ['TLS', ingress.tls ? text.yes : text.no],
  ];
}

type PolicyRule = EntityOf<'NetworkPolicy'>['ingress'][number];

/** Whom a rule of a policy lets through, in the words of its fields. */
function peerText({ pods, namespaces, block }: PolicyRule['peers'][number]): string {
  if (block) return [`ipBlock ${block.cidr}`, ...block.except.map((one) => `except ${one}`)].join(' ');
  const said = (name: string, selector: typeof pods) => {
    if (selector === null) return [];
    const printed = printSelector(selector);
    return [`${name} ${printed === '<none>' ? '{}' : printed}`];
  };
  return [...said('namespaceSelector', namespaces), ...said('podSelector', pods)].join(', ');
}

const portText = ({ protocol, port, endPort }: PolicyRule['ports'][number]) =>
  [protocol, port !== null && `${port}${endPort === null ? '' : `-${endPort}`}`].filter(Boolean).join(' ');

function ruleText({ peers, ports }: PolicyRule, { text }: Telling): string {
  const who = peers.length === 0 ? text.anybody : peers.map(peerText).join('; ');
  return `${who} · ${ports.length === 0 ? text.everyPort : ports.map(portText).join(', ')}`;
}

function networkPolicyFacts(policy: EntityOf<'NetworkPolicy'>, telling: Telling): readonly Fact[] {
  const { text } = telling;
  const direction = (type: string, rules: readonly PolicyRule[]) => {
    if (!policy.types.includes(type)) return text.notLimited;
    return rules.length === 0 ? text.nothingPasses : lines(rules.map((rule) => ruleText(rule, telling)));
  };
  return [
    ['POD-SELECTOR', selectorFact(policy.selector, text.everyPod, text.noPod)],
    ['Ingress', direction('Ingress', policy.ingress)],
    ['Egress', direction('Egress', policy.egress)],
  ];
}

function gatewayFacts(
  { class: name, addresses, listeners }: EntityOf<'Gateway'>,
  { text, format }: Telling,
): readonly Fact[] {
  return [
    ['CLASS', mono(name)],
    ['ADDRESS', addresses.length === 0 ? mono('<none>') : lines(addresses)],
    [
      text.listeners,
      lines(
        listeners.map(({ name: listener, protocol, port, hostname, attached }) => {
          const routes = attached === null ? [] : [text.routesAttached(attached, format.number(attached))];
          return [`${listener} ${protocol} ${port}`, hostname ?? '*', ...routes].join(' · ');
        }),
      ),
    ],
  ];
}

type Parent = EntityOf<'HTTPRoute'>['parents'][number];

function parentState({ accepted, resolved }: Parent): {
  glyph: GlyphName;
  word: 'refused' | 'unresolved' | 'accepted' | 'notToldYet';
} {
  if (accepted === false) return { glyph: 'fail', word: 'refused' };
  if (resolved === false) return { glyph: 'warn', word: 'unresolved' };
  return accepted === true ? { glyph: 'ok', word: 'accepted' } : { glyph: 'unknown', word: 'notToldYet' };
}

function routeFacts(
  { namespace, hostnames, parents, backends }: EntityOf<'HTTPRoute'>,
  { text }: Telling,
): readonly Fact[] {
  const named = (ref: { kind: string; namespace: string; name: string }) =>
    `${ref.kind} ${ref.namespace === namespace ? '' : `${ref.namespace}/`}${ref.name}`;
  return [
    ['HOSTNAMES', hostnames.length === 0 ? text.everyHost : lines(hostnames)],
    [
      text.parents,
      parents.map((parent, at) => {
        const { glyph, word } = parentState(parent);
        const title = [named(parent), parent.section].filter(Boolean).join(' ');
        return (
          <div key={[at, title].join('/')}>
            {mono(title)}
            <div className="flex items-center gap-1.5 text-12 text-t2">
              <Glyph name={glyph} className="size-3" />
              {[text[word], parent.reason].filter(Boolean).join(': ')}
            </div>
          </div>
        );
      }),
    ],
    [
      text.backends,
      lines(
        backends.map((backend) => {
          const port = backend.port === null ? '' : `:${backend.port}`;
          return `${named(backend)}${port}${backends.length > 1 ? ` · ${text.weight(backend.weight)}` : ''}`;
        }),
      ),
    ],
  ];
}

/** What is said of what leads in, routes and limits. */
export const NETWORK_FACTS: FactsOf = {
  Ingress: ingressFacts,
  NetworkPolicy: networkPolicyFacts,
  Gateway: gatewayFacts,
  HTTPRoute: routeFacts,
};
