/**
 * DCE/RPC over NTLM as an independent server spoke it, from the bind on: PDU by PDU in the order of sending, in Base64. The client
 * challenge (aa) and the exported key (55) were chosen; user `alice@gromox.test` without domain.
 */
type Recorded = readonly [name: string, way: 'sent' | 'received', base64: string];

const recordings = {
  nspiPrivacy: [
    [
      'bind',
      'sent',
      [
        'BQALAxAAAAB4ACgAAQAAANAW0BYAAAAAAQAAAAAAAQAYWsz1ZEIaEIxZCAArL4QmOAAAAARdiIrrHMkRn+gIACsQSGACAAAACgYAAEQzIhFO',
        'VExNU1NQAAEAAAC3ggjiAAAAAAAAAAAAAAAAAAAAAAoAXVgAAAAP',
      ].join(''),
    ],
    [
      'bind',
      'received',
      [
        'BQAMAxAAAAAOAcoAAQAAANAWACBTAAAABQA2MDA0AAABAAAAAAAAAARdiIrrHMkRn+gIACsQSGACAAAACgYAAEQzIhFOVExNU1NQAAIAAAAg',
        'ACAAOAAAALWCiuJ0OGk4c0F5RQAAAAAAAAAAcgByAFgAAAAGAQAAAAAAD20AYQBpAGwALgBnAHIAbwBtAG8AeAAuAHQAZQBzAHQAAgAgAG0A',
        'YQBpAGwALgBnAHIAbwBtAG8AeAAuAHQAZQBzAHQAAQAIAG0AYQBpAGwABAAWAGcAcgBvAG0AbwB4AC4AdABlAHMAdAADACAAbQBhAGkAbAAu',
        'AGcAcgBvAG0AbwB4AC4AdABlAHMAdAAAAAAA',
      ].join(''),
    ],
    [
      'auth3',
      'sent',
      [
        'BQAQAxAAAABeAUIBAQAAAAAAAAAKBgAARDMiEU5UTE1TU1AAAwAAABgAGAB4AAAAogCiAJAAAAAAAAAASAAAACIAIgBIAAAADgAOAGoAAAAQ',
        'ABAAMgEAALWCiuIKAF1YAAAAD2EAbABpAGMAZQBAAGcAcgBvAG0AbwB4AC4AdABlAHMAdABXAE8AUgBLAFMAVABOAItZ3WD8H2nu4w1sFzhN',
        'wmuqqqqqqqqqqr1vP+UsXxIycSN9Ae+SQ1gBAQAAAAAAAMBhJewced0BqqqqqqqqqqoAAAAAAgAgAG0AYQBpAGwALgBnAHIAbwBtAG8AeAAu',
        'AHQAZQBzAHQAAQAIAG0AYQBpAGwABAAWAGcAcgBvAG0AbwB4AC4AdABlAHMAdAADACAAbQBhAGkAbAAuAGcAcgBvAG0AbwB4AC4AdABlAHMA',
        'dAAAAAAAAAAAAHd6gLDf8NE1WOpIdoPqqsQ=',
      ].join(''),
    ],
    [
      'nspi-bind',
      'sent',
      [
        'BQAAAxAAAABwABAAAgAAADwAAAAAAAAABOVtZd4ZX9z3YFTB5Bt3Bo9fD4amlDcLCn80w4Dk/6JW45ojWFesSnnndvo3OFjNhxCcEkKsZBUG',
        'UKPUuEL/yAoGBABEMyIRAQAAAJEyUCO/aSPJAAAAAA==',
      ].join(''),
    ],
    [
      'nspi-bind',
      'received',
      [
        'BQACAxAAAABgABAAAgAAACwAAAAAAAAAQggft0XZ62It8nGShC6a4RLVFwogA2QYc67E3MtNl3ogWNSnHUZrq5FpvXdIlFRcCgYEAEQzIhEB',
        'AAAAUC4IuRpwggkAAAAA',
      ].join(''),
    ],
    [
      'nspi-getspecialtable',
      'sent',
      [
        'BQAAAxAAAABwABAAAwAAAEAAAAAAAAwAfktVu7uErtE3/RNkKANAv1TJanUeaVREmqsY82m3tlGtJ3jZYrXxjxB2/KqDmnBXHKKWD7EZqEWB',
        'BrJuKbaf4goGAABEMyIRAQAAAF1ccswr5vwBAQAAAA==',
      ].join(''),
    ],
    [
      'nspi-getspecialtable',
      'received',
      [
        'BQACAxAAAADAARAAAwAAAJABAAAAAAAA78mcsTiw6xeomA6+eIMmtrwMKk5Dd7cSfJun45kkxuYP4I86OOSu4oXj4EvMqC0AIZTfNyMZl6/h',
        'C6W7GgFTfeNzdJZ7bXCr7cpS/njS52iOz04cLPLmNJUNwyjAWUtdwu0RvTHtNg9MkAqX2YpgEKkgt0hOWKO4hVGCrtTkmpxnuweGdZBz7DEd',
        'k7zk7dOI8OQAyCTfp4M0dFw+g7NWVhjEjtWGvIvrFAtucFCHPa2TL1M9wzPZ2HzncD1P0F/lIVctDmqwB8Q0Yy3w89Ppg2zRQCKvXBU0g1aB',
        'S0ikuZ8FvCFqWrjDO61iD7sSX3mtOOmX7sl1UwzJ/J5fTs8fi0ljF0rMeLliQNCipT5fWJm1sKAtgTcO47UeKl96bol68ytTJ+RpN050ZoXu',
        'njIVh6bvoLt+0TLM4vx4R34TM8MJZ6PuMD+ienuKr+5W0kv07f+L+zjh6/EfF99JrOe4Qt3T6NMYFN1+M36gQXO08hhRYDoO3z5d0h4KtmCa',
        'jkUdL+/+uNlFEK0Xy7bKAOIpgQoGAABEMyIRAQAAAPq0mjxhfNEZAQAAAA==',
      ].join(''),
    ],
    [
      'nspi-resolvenamesw',
      'sent',
      [
        'BQAAAxAAAAAAARAABAAAAMYAAAAAABQApiJWcTZplbD6fabOBW6TnvM5UXZjeJf+2oeYE8hA9VEWRhO7UyNBiY2qJC4OEaK4jf9VHx8aymZe',
        'ZwqQwf/vIV9IZL3Hgb67Jw038DWtd/fDf0pQbcz3m1RlnsIerqcc5CsjHB18mcly6IISxfL5/LeaZHLRge1NECY1JvK9FVEOsGR/rl+l4dvE',
        'Fx4q9jBEUYjO+n7ofiFFoyWSaUAd3XplIz+GOK3yYU7GK7ZKmxxaFxU7eSZd88upLUATuxeRew2JpHkWjvdGRTbO352JMgoGCgBEMyIRAQAA',
        'AJUl6mMsGgFnAgAAAA==',
      ].join(''),
    ],
    [
      'nspi-resolvenamesw',
      'received',
      [
        'BQACAxAAAABAAxAABAAAAAQDAAAAAAAAeaSxbCm/v9QtdM621+XLB/B3zNZtKeZSUoXRzgKBEtZ1GIxAfEeMtkFCNkGDLIq2nAKs9sfYlWWy',
        '9sl4/G7ZCXSeR9EydwnjU2ufb/+Iou3UbDfaKPStJ75TDMX3BMg/qp42tee7djIlBKm81rcikhcsUlQOoJLvfICiuexcv8JKQ96MEPhxjkSK',
        'b/2YTMD/qgLycFp54MiV+wIFTyvoZJwI+5lryBxB+rKUc3l68N9i6zbs12WGdGBq4gTPmqksEN3wm/z86a7n8icAoUFWhSteNkYOsLA/DIH+',
        'TsaS2tlIhUq8xDXOpXJ4BQZ971PpPHJ61BnaaDeDB4DM3CB1uIEUhEkH9FXosonACyjoXsnP2Apq82wIFR1+znb16d6zcdbkAlm2MszYXlAx',
        '8I/hs4pjdI+s3u0LZ0/CRTj3weY87mtqnBvW0Z1SD1mZ50AxaVa1LsxsnVK8AwmZLPIrR/ogiKqFNFnQKxG7tDY6e0mImpdjMv+mQYf82EF0',
        '2WkS4A0Q2jLjLOujZ9VTn0aJFAU/GkMZMdM4ULsRypUaCKHMlVXxA3hUhl8B1xPF7UPvHantQMipbnt7pdW+ANC4zCGbmYTcXOIHJm0ibcmX',
        'S5H0z9bNa2nBHd2fKMSZ2estO85aS4OhNF4YtAbT2+WrGyjTajKg/LeqFwH5UxmNbsRroIUwLItVGwU1jreWo5id003fogKEjiBhjMFlmBRC',
        '7dEAMNjrPRaxsgeuh3xdPoCUBX2y1Q/hkbBV7lT+yFOVpnARP20Bvyk8pO6SZx8iqVhv4tY99pmF2yhsTEgGAClV8bM/2KoRFde0pwgWrtts',
        'p85Ob2c24FV0VIbW13wuKMnxu//7hhSmuozlLUUUkkAVFtunOhr29U2mLttaOs/JDjtOKIcAdzxURn203OkCCRAiymUV2j4q96xBPTDQK2+t',
        'YJuNuhCc28rD8kPkYSL6267Vf8SsFpgVNwi9HtdtlFSckFVxlIORbosVMl/pXK0EPAlfkwScSvFi+4e6Uqy+9qfeRMYk45NLsZZmG8gwjwoG',
        'DABEMyIRAQAAAHJLo1RckwdnAgAAAA==',
      ].join(''),
    ],
    [
      'nspi-dntomid',
      'sent',
      [
        'BQAAAxAAAADQABAABQAAAJUAAAAAAAcAMnrhCA+sTZhodBs/2yPvBxfY3yTNXiRpKEnJebMm0hRvIRNmP1GyzQxgVvnKAqVGshuXBk35lUxt',
        'rIhNn0IiAJQ8PlBiCyOkNgyt2VaVKymW0hRvcg7k1StapXoyPfnuzHNYBvJpBcc6jlfbZzotCadAo3tlWbtyk5Hpp6eBRFYbvs5v80nb4zKC',
        'tBz1ehrTz3NTSfHIvb8zKRviYupX6QoGCwBEMyIRAQAAALPeETaOvMa4AwAAAA==',
      ].join(''),
    ],
    [
      'nspi-dntomid',
      'received',
      'BQACAxAAAABQABAABQAAABwAAAAAAAAAVG2velKGlln8rO1ELg5IKntYbQo5WjIv6URKylipetgKBgQARDMiEQEAAAC5otdMk8xz/gMAAAA=',
    ],
    [
      'nspi-queryrows',
      'sent',
      [
        'BQAAAxAAAACgABAABgAAAGQAAAAAAAMA8x++s7szcuGY/Ycdh5wcH94IQ2D+A9Z4mZNk0jNL8Y/PYtb8RHogK/UWHBBEXjIgJINS/aeo1sVZ',
        'SMPeXecSltHVCTf2lCzjZAFrAOdT25iZeu2XrBcn8Y9h7Hv8lXFHdClVCYcwjLOtT9HjhS8cJgoGDABEMyIRAQAAAAJCiiwWBeNmBAAAAA==',
      ].join(''),
    ],
    [
      'nspi-queryrows',
      'received',
      [
        'BQACAxAAAABwARAABgAAADwBAAAAAAAAHDMlvx9LhVNvFFpyirVi3bFoAxCqhuo6oefheTSf6ej04BSiGyoGvkloBfYrYjcOXxQeN0hTvh7d',
        '35tUp+JD38OxEGSZW2/op6GZvskWzDMvOx94A7lhgr6P7CxnhpRz9e6HciNfft1UQbD1TJGTZQuzq4E0BsEGnagU7SGJjZ5RPg1lAcqLLGwA',
        'x2omAfOoXz7roLfmsQLdv7+UZcFBG1Z74wLCKHpCoThDC4yKCZfVAFF4S+hCg3iy9qTrzMR3yi8Gv1IshCMwhZPs1UzaKHogKBLQk4Fegssl',
        '5jp9QWGEAsFk2/KTAWty2RYAVsEF/e4/n7R74VylzcZxh50dQu5zvvskgxX6APwWPig9trvExYNs7Bht/VdvY0dt2Tc1mIsUpux3/B2cWSIK',
        'Naq3B/OVA9KGoBLO2Rdtq1hNm0YKBgQARDMiEQEAAAAMHI5e6y+GUgQAAAA=',
      ].join(''),
    ],
    [
      'nspi-getprops',
      'sent',
      [
        'BQAAAxAAAACgABAABwAAAGQAAAAAAAkAnx/+gMuaB/nUe8OUWx8GWWn2W781v7eRsAWaQFUiZsEgJsMJxZHSQm0JPGlUPWxetzEv89g12eie',
        'z1Kq/vB1P5IguQtG1FxvDXiPAycbxYcoEt0t/9YE4l0eR800KtLqOxJZ0EYZpGYFUravSN5+IgoGDABEMyIRAQAAAKNaDWRYPZ2LBQAAAA==',
      ].join(''),
    ],
    [
      'nspi-getprops',
      'received',
      [
        'BQACAxAAAADwARAABwAAALQBAAAAAAAAFFGM0HQJ5NzE7Cjci3Sgb/SaypOXEw83fkH/ha40dhhRu7uM8IDZVlkDvoLyoKJTSIyeBvVlcUNT',
        'QiTB9WoATaOrb2Wc4wDS3RmAXjOk1FNiBF575q6yybHIIIE9Z2Yo0TG1O9QC9x/L7TKm0LC6AP0lvRCzB1RhRuVt9zlbWJieelNiUWVK+TN6',
        'x2uqvxrv2J8puK4mjbO6b+9PV+oEcaDw9qQycDbywRhxkEOOfZTRSUFi6psVY54oWQTvBrO1NUUBW90hqnDMqOSk8moXY+IsdwLDWYhOqTjI',
        'E5yF7rwgmMdSFLutNgo8GBqzjYBhHccyaK3GSm21xzlTOb7KcykJEg/9DD00pQfmp8oMBfEkecVF8lqHe24FqMCPV5v/BqIiaN7wuP5PzU6d',
        'Jmj6m7o3C/ArEGhheNZl/ffUoJ4FNFFD4XMGbIweciUaHStPSKhbG4UTRsq2wCaKwkpSshRseUzWkdGQmvQecS3RfngOgE+TQ0dJFnvmXesU',
        'Y+6+09JQL6XuwDokSYMCvub5kG2mi5N7Gjya0rbV7tnpuMU67bYaNPT4VCMPWWE2yZMNyHQUbeltyQkG+GgfB1YcewoGDABEMyIRAQAAAEbl',
        'AjzQoNecBQAAAA==',
      ].join(''),
    ],
    [
      'nspi-unbind',
      'sent',
      'BQAAAxAAAABQABAACAAAABgAAAAAAAEAOgrLiFySPvTGdziP1xvqUdijvI2heDoNoMqu/5KHfiUKBggARDMiEQEAAAD50xNISoKzNQYAAAA=',
    ],
    [
      'nspi-unbind',
      'received',
      'BQACAxAAAABQABAACAAAABgAAAAAAAAArIr3tLcidDzersK6ThdnW8S2m9Esp67ziMj/8Ymi+dMKBggARDMiEQEAAADIpXsyvdot6wYAAAA=',
    ],
  ],
  emsmdbPrivacy: [
    [
      'bind',
      'sent',
      [
        'BQALAxAAAAB4ACgAAQAAANAW0BYAAAAAAQAAAAAAAQAA2/GkR8pnELMfAN0BBmLaAABRAARdiIrrHMkRn+gIACsQSGACAAAACgYAAEQzIhFO',
        'VExNU1NQAAEAAAC3ggjiAAAAAAAAAAAAAAAAAAAAAAoAXVgAAAAP',
      ].join(''),
    ],
    [
      'bind',
      'received',
      [
        'BQAMAxAAAAAOAcoAAQAAANAWACAjAAAABQA2MDAxAAABAAAAAAAAAARdiIrrHMkRn+gIACsQSGACAAAACgYAAEQzIhFOVExNU1NQAAIAAAAg',
        'ACAAOAAAALWCiuJlLGY2RUMsYQAAAAAAAAAAcgByAFgAAAAGAQAAAAAAD20AYQBpAGwALgBnAHIAbwBtAG8AeAAuAHQAZQBzAHQAAgAgAG0A',
        'YQBpAGwALgBnAHIAbwBtAG8AeAAuAHQAZQBzAHQAAQAIAG0AYQBpAGwABAAWAGcAcgBvAG0AbwB4AC4AdABlAHMAdAADACAAbQBhAGkAbAAu',
        'AGcAcgBvAG0AbwB4AC4AdABlAHMAdAAAAAAA',
      ].join(''),
    ],
    [
      'auth3',
      'sent',
      [
        'BQAQAxAAAABeAUIBAQAAAAAAAAAKBgAARDMiEU5UTE1TU1AAAwAAABgAGAB4AAAAogCiAJAAAAAAAAAASAAAACIAIgBIAAAADgAOAGoAAAAQ',
        'ABAAMgEAALWCiuIKAF1YAAAAD2EAbABpAGMAZQBAAGcAcgBvAG0AbwB4AC4AdABlAHMAdABXAE8AUgBLAFMAVABOAO0sJfjYCCC8W7elPaRd',
        'fuOqqqqqqqqqqlwpQOwsav3l+i9xj+Soy/EBAQAAAAAAAKBSLewced0BqqqqqqqqqqoAAAAAAgAgAG0AYQBpAGwALgBnAHIAbwBtAG8AeAAu',
        'AHQAZQBzAHQAAQAIAG0AYQBpAGwABAAWAGcAcgBvAG0AbwB4AC4AdABlAHMAdAADACAAbQBhAGkAbAAuAGcAcgBvAG0AbwB4AC4AdABlAHMA',
        'dAAAAAAAAAAAAF7j7PMkh1iun3L8MqJYKmY=',
      ].join(''),
    ],
    [
      'emsmdb-ecdoconnectex',
      'sent',
      [
        'BQAAAxAAAADgABAAAgAAAKgAAAAAAAoAYeVtZd4ZX9ySYFTBy3RKQf0wYuneu1h+NzpMoAyBkcU6x9tHPDrCIwqTBptDUS6op1fufTfcRD1A',
        'Ceed+g23jsK4c301/OLTUCg7ho+dZNxOwYhGycZu3Dr0/loqWWR0qpsowlmHhmGdF1W4DtyS6hB2/KqDmnBXzKbxCrgdqEVsBrJuILKf4tpi',
        'gyTZ31tWpiJWfp+H1tfzKFiCkNiSnvM59WhraJf+2oeYE8hA9VEKBggARDMiEQEAAADAning4FjWQgAAAAA=',
      ].join(''),
    ],
    [
      'emsmdb-ecdoconnectex',
      'received',
      [
        'BQACAxAAAADQABAAAgAAAKAAAAAAAAAARAgdt94jXN8MONafslkmHHYhKjJB6WQYE9JtuNI/aTa17tWnHUbNtZBpvXdIlFRc4XZAJiDwpwTq',
        'yZ6xNrDpF6qYDr50gya2/WBDLSBX8moZ9tWP/CTG6UZjRzUw62NwaeDgS8XTh0YFlN83IRiXr9sLpbsWAVV9/HNooHNtcbztylL+fdLmYoHP',
        'SywsduoQng3CYMFZS13l7exCMe02DwoGAABEMyIRAQAAAIKz/Xtpun2lAAAAAA==',
      ].join(''),
    ],
    [
      'emsmdb-ecdorpcext2-roplogon',
      'sent',
      [
        'BQAAAxAAAADwABAAAwAAALQAAAAAAAsAj6okLoGI445NB6RXhxzAXdiSNCnC/+0h20hkvcOBurteDU7wRK2J99x+R2ByzQmiS2X48i7BnNuU',
        'RE5zZ1P2vEut+HGlk5WbyrolFrzogyR7UkdHu9QwNGP3QhCLL7/J/J0/VwG5GwIGu92qXaRYCAXAJq9UJQa0JAwyUZdL8ZF7c/YagXqrLGon',
        'JQpOFm3DlZlvIQzSAfQY8h5bhhaO98dFNs7fHYky5RmWQi1aBzs7auEIadDk/GEh5XNOle4HCgYMAEQzIhEBAAAA1sbAcyfsIE8BAAAA',
      ].join(''),
    ],
    [
      'emsmdb-ecdorpcext2-roplogon',
      'received',
      [
        'BQACAxAAAAAwARAAAwAAAPQAAAAAAAAAtCC2eMHB4o6+rXPmReaQp+NKwsB1kHPsjh2TvOTt04ha5ADIJN+jg0TTsPbr8bhMrH2G1aySamkV',
        'C25wUYc9rbwvUz3HMtnYfuaPMkzRX+UjVi0OJLEHxCRjL/D90um1bNFAIqBdFTSIVoFLQaW8rwW8IWpSucM7rWIPuxZehFI46ZfuwnRTDNj8',
        'nh9Uzh67SWMXStV5uWJU0KClMVhHxzICllpcfIbDlh1Cf335jHo6l2ZCXKRKwyAq/cFhuF+VmNxTPGva2MtibeWsTQ2bq21al94AD5JK/ruC',
        '3mbie9ndz7vLFdHbwS8673mc14hy7ePY4ygk3X4/fqBBc7TyGAoGDABEMyIRAQAAAACP1JMpZOzxAQAAAA==',
      ].join(''),
    ],
    [
      'emsmdb-ecdorpcext2-roprelease',
      'sent',
      [
        'BQAAAxAAAACAABAABAAAAEQAAAAAAAsAK0nJeT2/kyJL3eAuy1O49oORaECsAqVGjHSqQT+W/CMcg+44pwdbY/xdUDcHK2LASmXDsCVhWUji',
        'u2IKUkmWulY6hVJ0ZL2njjwQQMBaVpcKBgwARDMiEQEAAAA6Z9y1MDsGVgIAAAA=',
      ].join(''),
    ],
    [
      'emsmdb-ecdorpcext2-roprelease',
      'received',
      [
        'BQACAxAAAACAABAABAAAAFAAAAAAAAAAcwrbYHoXfCslE3vwLUdpluw6iHMA4imBvTCdqrX69o57pLNsKr+71Cl0yLbV5csH8nfM1mEp5lJT',
        'hdHOEoEQ1nQYjEB9R4y2QUI2QYcsirYKBgAARDMiEQEAAACfoMMYjaP6lQIAAAA=',
      ].join(''),
    ],
    [
      'emsmdb-ecdodisconnect',
      'sent',
      'BQAAAxAAAABQABAABQAAABQAAAAAAAEA9yXAEpqpnyrDHjeMWL5+XKR/wObDeevSArKELMVKN7IKBgwARDMiEQEAAAAG+k7LPTTc1gMAAAA=',
    ],
    [
      'emsmdb-ecdodisconnect',
      'received',
      'BQACAxAAAABQABAABQAAABgAAAAAAAAArfbISPxu2QlrnkfRKncL40xrYVb/iKLty2w32jT0rycKBggARDMiEQEAAACNcWv7mTqKigMAAAA=',
    ],
  ],
  nspiConnect: [
    [
      'bind',
      'sent',
      [
        'BQALAxAAAAB4ACgAAQAAANAW0BYAAAAAAQAAAAAAAQAYWsz1ZEIaEIxZCAArL4QmOAAAAARdiIrrHMkRn+gIACsQSGACAAAACgIAAEQzIhFO',
        'VExNU1NQAAEAAACXggjiAAAAAAAAAAAAAAAAAAAAAAoAXVgAAAAP',
      ].join(''),
    ],
    [
      'bind',
      'received',
      [
        'BQAMAxAAAAAOAcoAAQAAANAWACBSAAAABQA2MDA0AAABAAAAAAAAAARdiIrrHMkRn+gIACsQSGACAAAACgIAAEQzIhFOVExNU1NQAAIAAAAg',
        'ACAAOAAAAJWCiqJlQidqTGVSLgAAAAAAAAAAcgByAFgAAAAGAQAAAAAAD20AYQBpAGwALgBnAHIAbwBtAG8AeAAuAHQAZQBzAHQAAgAgAG0A',
        'YQBpAGwALgBnAHIAbwBtAG8AeAAuAHQAZQBzAHQAAQAIAG0AYQBpAGwABAAWAGcAcgBvAG0AbwB4AC4AdABlAHMAdAADACAAbQBhAGkAbAAu',
        'AGcAcgBvAG0AbwB4AC4AdABlAHMAdAAAAAAA',
      ].join(''),
    ],
    [
      'auth3',
      'sent',
      [
        'BQAQAxAAAABOATIBAQAAAAAAAAAKAgAARDMiEU5UTE1TU1AAAwAAABgAGAB4AAAAogCiAJAAAAAAAAAASAAAACIAIgBIAAAADgAOAGoAAAAA',
        'AAAAMgEAAJWCiqIKAF1YAAAAD2EAbABpAGMAZQBAAGcAcgBvAG0AbwB4AC4AdABlAHMAdABXAE8AUgBLAFMAVABOAD5QoKhFxcDtJ+m1K99Q',
        'vxiqqqqqqqqqqu1ex8/iZM4L+YBIXB0CHFYBAQAAAAAAAAAYHuwced0BqqqqqqqqqqoAAAAAAgAgAG0AYQBpAGwALgBnAHIAbwBtAG8AeAAu',
        'AHQAZQBzAHQAAQAIAG0AYQBpAGwABAAWAGcAcgBvAG0AbwB4AC4AdABlAHMAdAADACAAbQBhAGkAbAAuAGcAcgBvAG0AbwB4AC4AdABlAHMA',
        'dAAAAAAAAAAAAA==',
      ].join(''),
    ],
    [
      'nspi-bind',
      'sent',
      [
        'BQAAAxAAAABUAAAAAgAAADwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAOQEAAAJBAAACQQAAAAAAgAAAAAAAAAAAAAAAAAA',
        'AAAA',
      ].join(''),
    ],
    [
      'nspi-bind',
      'received',
      'BQACAxAAAABEAAAAAgAAACwAAAAAAAAABAACABRj9osFNlZFp3W2xusFA4EBAAAAZnypZAlV/kyVtgEAAACkHgAAAAA=',
    ],
    ['nspi-unbind', 'sent', 'BQAAAxAAAAAwAAAAAwAAABgAAAAAAAEAAQAAAGZ8qWQJVf5MlbYBAAAApB4AAAAA'],
    ['nspi-unbind', 'received', 'BQACAxAAAAAwAAAAAwAAABgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABAAAA'],
  ],
} as const satisfies Record<string, readonly Recorded[]>;

export type Recording = keyof typeof recordings;

export interface Pdu {
  readonly name: string;
  readonly way: 'sent' | 'received';
  readonly bytes: Uint8Array;
}

/** All PDUs of a recording. */
export function recorded(name: Recording): Pdu[] {
  return recordings[name].map(([pdu, way, base64]) => ({
    name: pdu,
    way,
    bytes: new Uint8Array(Buffer.from(base64, 'base64')),
  }));
}

/** The SessionBaseKeys that were noted down beside them. */
export const SESSION_BASE_KEYS: Readonly<Record<Recording, string>> = {
  nspiPrivacy: 'dc27f5edd75c9fef72b06d0bc939e3ec',
  emsmdbPrivacy: 'a3f0e4b6f46e6f3d03d9593b8193b18d',
  nspiConnect: 'c61dedd04bf0fa62d62425a6074c3559',
};

/** Header, and what the header says of the rest. C706 12.6.3, [MS-RPCE] 2.2.2.11 */
export function partsOf({ bytes }: Pdu) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const authLength = view.getUint16(10, true);
  const trailer = bytes.length - authLength - 8;
  return {
    type: bytes[2] ?? -1,
    length: view.getUint16(8, true),
    authType: bytes[trailer],
    authLevel: bytes[trailer + 1],
    padding: bytes[trailer + 2] ?? 0,
    /** Stub and padding of a request or response, which are what is encrypted. */
    span: { from: 24, to: trailer },
    /** All that is signed. */
    signed: bytes.subarray(0, trailer + 8),
    token: bytes.subarray(trailer + 8),
  };
}
