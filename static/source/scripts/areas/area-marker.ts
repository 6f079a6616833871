/** Marks a rectangle of a picture: drawn, moved and sized by finger, mouse or keys. The picture may be a photo, a film, a page. */
import { fixedDeed, type FixedDeed } from "../keyboard/keys";
import { type Area, type Spot, between, dragOn, isInside, middle, moved, sized, smallest, told } from "./area";

/** What the page does while a rectangle is marked. */
interface Marking {
  /** The rectangle was changed. */
  readonly changed: (marker: AreaMarker, area: Area) => void;
  /** It is right; `byKey` for whoever works by keys and goes on to the points. */
  readonly chosen: (marker: AreaMarker, area: Area, byKey: boolean) => void;
  /** It is begun, before it is seen. */
  readonly begun: (marker: AreaMarker) => void;
  /** It is let go. */
  readonly ended: (marker: AreaMarker) => void;
}

const steps: Partial<Record<FixedDeed<"rectangle">, Spot>> = {
  "left, with Shift narrower": [-1, 0],
  "right, with Shift wider": [1, 0],
  "up, with Shift lower": [0, -1],
  "down, with Shift higher": [0, 1],
};
/** Pixels around a corner within which it is taken hold of. */
const reach = 22;

/** One picture on which rectangles can be marked: an element with a `data-picture` and its `data-area-tools`. */
export class AreaMarker {
  /** SHA-256 of the file that the picture shows. */
  readonly file: string;
  /** Number of the page of a document that it shows; empty where the file has one picture. */
  readonly page: string;
  private readonly sheet = document.createElement("div");
  private readonly shown = document.createElement("div");
  private area: Area | null = null;
  private before: Area | null = null;

  constructor(readonly element: HTMLElement, private readonly marking: Marking) {
    this.file = element.dataset["file"] ?? "";
    this.page = element.dataset["documentPage"] ?? "";
    this.sheet.className = "area-sheet";
    this.sheet.append(this.shown);
    this.shown.className = "area-drawn";
    this.shown.tabIndex = 0;
    this.shown.setAttribute("role", "application");
    this.shown.setAttribute("aria-roledescription", "rectangle");
    const hint = element.querySelector("[id^=area-hint]");
    if (hint) this.shown.setAttribute("aria-describedby", hint.id);
    this.tool("begin")?.addEventListener("click", () => this.begin(middle, true));
    this.tool("points")?.addEventListener("click", (event) => this.choose(event.detail === 0));
    this.tool("end")?.addEventListener("click", () => (this.end(), this.tool("begin")?.focus()));
    this.shown.addEventListener("keydown", (event) => this.key(event));
    dragOn(this.sheet, { begins: (at, event) => this.take(at, event), moved: (area) => this.set(area), ended: (finished) => this.drop(finished) });
  }

  /** The rectangle as it is now; null while none is marked. */
  get present(): Area | null {
    return this.area;
  }

  /** Lets a rectangle be marked, from `area` on. */
  begin(area: Area, focused: boolean): void {
    if (!this.area) {
      this.marking.begun(this);
      this.element.querySelector("[data-picture]")?.append(this.sheet);
      this.tell(true);
    }
    this.set(area);
    if (!focused) return;
    this.shown.focus({ preventScroll: true });
    this.sheet.scrollIntoView({ block: "nearest" });
    this.shown.scrollIntoView({ block: "nearest" });
  }

  /** Takes another rectangle over, in this picture; one that does not lie in it is left alone. */
  set(area: Area): void {
    if (!isInside(area) && this.area && !this.before) return;
    this.area = area;
    for (const [at, side] of (["left", "top", "width", "height"] as const).entries()) this.shown.style.setProperty(side, `${area[at]}%`);
    this.shown.setAttribute("aria-label", `Rectangle: ${told(area)}`);
    const said = this.tool("said");
    if (said) said.textContent = `It is the ${told(area)}.`;
    this.marking.changed(this, area);
  }

  /** Lets the rectangle go. */
  end(): void {
    if (!this.area) return;
    this.area = this.before = null;
    this.sheet.remove();
    this.tell(false);
    this.marking.ended(this);
  }

  /** Back to the picture, where the tools are. */
  focus(): void {
    (this.area ? this.shown : this.tool("begin"))?.focus({ preventScroll: true });
  }

  private tool(name: string): HTMLElement | null {
    return this.element.querySelector<HTMLElement>(`[data-area-${name}]`);
  }

  private tell(marked: boolean): void {
    const [steps, begin] = [this.tool("steps"), this.tool("begin")];
    if (steps) steps.hidden = !marked;
    if (begin) begin.hidden = marked;
  }

  private choose(byKey: boolean): void {
    if (this.area) this.marking.chosen(this, this.area, byKey);
  }

  private key(event: KeyboardEvent): void {
    const deed = fixedDeed("rectangle", event);
    const step = deed && steps[deed];
    if (!this.area || !deed) return;
    if (step) {
      this.set((event.shiftKey ? sized : moved)(this.area, ...step));
      this.shown.scrollIntoView({ block: "nearest" });
    } else if (deed === "choose points") this.choose(true);
    else (this.end(), this.focus());
    event.preventDefault();
    event.stopPropagation();
  }

  /** A corner is drawn on from the one across; inside, the rectangle goes along; elsewhere another one begins. */
  private take(at: Spot, event: PointerEvent): ((to: Spot) => Area) | null {
    const area = this.area ?? middle;
    this.before = area;
    this.shown.focus({ preventScroll: true });
    const across = this.across(area, event);
    if (across) return (to) => between(across, to);
    const [left, top, width, height] = area;
    const isOn = left <= at[0] && at[0] <= left + width && top <= at[1] && at[1] <= top + height;
    return isOn ? (to) => moved(area, to[0] - at[0], to[1] - at[1]) : (to) => between(at, to);
  }

  /** The corner across from the one under the pointer. */
  private across([left, top, width, height]: Area, event: PointerEvent): Spot | null {
    const box = this.shown.getBoundingClientRect();
    const near = Math.min(reach, box.width / 3, box.height / 3);
    const hit = (x: number, y: number): boolean => Math.hypot(event.clientX - x, event.clientY - y) <= near;
    if (hit(box.left, box.top)) return [left + width, top + height];
    if (hit(box.right, box.top)) return [left, top + height];
    if (hit(box.left, box.bottom)) return [left + width, top];
    return hit(box.right, box.bottom) ? [left, top] : null;
  }

  private drop(finished: boolean): void {
    const before = this.before;
    this.before = null;
    if (!this.area || !before) return;
    if (!finished || this.area[2] < smallest || this.area[3] < smallest) this.set(before);
  }
}
