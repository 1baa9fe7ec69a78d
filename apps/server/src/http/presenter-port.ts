import type {
  ActiveFault,
  FaultKind,
  FaultRequest,
  Scenario,
  ServiceAddress,
  TourCommand,
  Traffic,
  TrafficCommand,
} from '@portolan/shared';

/** The presenter of an embedded cluster. What is refused rejects with a Problem that says why. */
export interface PresenterPort {
  describe(): Scenario;
  /** Runs one step; answers the scenario after it. */
  run(step: string): Promise<Scenario>;
  /** Plays, pauses, steps or stops the tour; answers the scenario after it. */
  tour(command: TourCommand): Promise<Scenario>;
  /** Where services answer on this machine. */
  addresses(): ServiceAddress[];
  /** What the built-in client has seen. */
  traffic(): Traffic;
  /** Starts or stops the built-in client, or counts from zero. */
  commandTraffic(command: TrafficCommand): Promise<Traffic>;
  /** The faults that can be asked for, with the choices that the cluster offers as it stands. */
  faultKinds(): FaultKind[];
  /** The faults in force, in the order they began. */
  activeFaults(): ActiveFault[];
  inject(request: FaultRequest): void;
  /** Ends one fault by its handle. */
  clear(handle: string): void;
}
