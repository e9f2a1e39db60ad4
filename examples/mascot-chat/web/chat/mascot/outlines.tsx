import type { ReactElement } from 'react'

/** The bubbles of a thought. */
export const THOUGHTS: ReactElement = (
  <g className="mascot-thoughts">
    <circle cx="87" cy="26" r="3" />
    <circle cx="97" cy="18" r="4" />
    <circle cx="109" cy="8" r="5" />
  </g>
)

export const BIRD: ReactElement = (
  <g className="mascot-bird">
    <path className="mascot-foot" d="M48 101v7m-5 2 5-3 5 3M72 101v7m-5 2 5-3 5 3" />
    <path className="mascot-stem" d="M60 30C60 22 58 19 54 15" />
    <circle className="mascot-bulb" cx="53" cy="13" r="5" />
    <path
      className="mascot-body"
      d="M60 27C82 27 96 44 96 68S81 104 60 104 24 92 24 68 38 27 60 27Z"
    />
    <path
      className="mascot-belly"
      d="M60 66c14 0 23 9 23 20S73 104 60 104s-23-7-23-18 9-20 23-20Z"
    />
    <path className="mascot-wing mascot-wing-left" d="M27 62c-9 6-12 17-9 27 6-2 11-8 13-15Z" />
    <path className="mascot-wing mascot-wing-right" d="M93 62c9 6 12 17 9 27-6-2-11-8-13-15Z" />
    <g className="mascot-cheeks">
      <ellipse cx="37" cy="69" rx="5" ry="3.4" />
      <ellipse cx="83" cy="69" rx="5" ry="3.4" />
    </g>
    <g className="mascot-eyes">
      <circle className="mascot-white" cx="46" cy="56" r="9.5" />
      <circle className="mascot-white" cx="74" cy="56" r="9.5" />
      <g className="mascot-pupils">
        <circle cx="47" cy="57" r="5" />
        <circle cx="73" cy="57" r="5" />
        <circle className="mascot-gleam" cx="49" cy="55" r="1.7" />
        <circle className="mascot-gleam" cx="75" cy="55" r="1.7" />
      </g>
    </g>
    <path className="mascot-brows" d="M38 45l13-5M82 45l-13-5" />
    <path className="mascot-beak-lower" d="M54 69h12l-6 8Z" />
    <path className="mascot-beak" d="M51.5 66.5Q60 60 68.5 66.5 65 74 60 74t-8.5-7.5Z" />
    <path className="mascot-drop" d="M95 40c4 6 6 8 6 11a6 6 0 0 1-12 0c0-3 2-5 6-11Z" />
  </g>
)
