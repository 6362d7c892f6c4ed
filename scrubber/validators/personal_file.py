"""
File names that hold a person's name: `John_Smith_1970.dcm`, `passport_jane_doe.jpg`.

Scans of patients and pictures of papers are often named by the person they show. Checkpoints,
plots and series of numbered images never are, and their names are what a debugger needs. So a name
goes only with evidence: a given name beside another word that is none for things, or, in medical
images, two capitalised words that are not of the body, the scanner or the sequence.

Promise: names all of whose words are words for things are refused, in any case.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from scrubber.validators.given_names import given_name, led_by_given_name
from scrubber.validators.technical import parts_of, technical
from scrubber.validators.words import words

# Papers that show one person; what they are named by besides is a person.
_PAPERS: Final = words(
    """
    application ausweis badge birth certificate contract cv diploma discharge driver employee
    employment faceid fuehrerschein headshot id idcard invoice lebenslauf letter licence license
    medical mugshot pass passport patient payslip paystub portrait prescription referral report
    resume salary selfie signature ssn student tax transcript visa xray
    """
)
_PATIENTS: Final = words(
    """
    case kranker name pat patient patienten patientin patients patname person proband pt study
    subject
    """
)
_MEDICAL: Final = words(
    """
    abd abdomen abdominal abide ablation acdc achieva acq acquisition adc adni aera agfa amos anat
    anatomical aneurysm angio ankle anon anonymized anterior aorta aortic ap aquilion arm arterial
    artery asl atlas atrium avanto ax axi axial baseline biograph bladder bold bone bones brain
    brats breast brilliance bronchus btcv camelyon canon cardiac cardio cardiology carestream
    carotid cart cbis cerebellum cerebral cervical chaos chest cine clavicle clinic cochlea colon
    contrast control cor cord coronal coronary corrected cort cortex cranial ct cta ctp ddsm delayed
    demo dermoscopic desikan destrieux dicom diff diffusion disc discovery dose dti dummy dwi
    dynamic ecg echo eeg elbow emergency emg enhanced eog epi epilepsy esophagus eye eyes femur
    fetal fibula field fieldmap finger fistula flair float fmri foot forearm fracture frontal fuji
    func functional fundus gad gland glasser glioma gre hand harvard haste hcp head heart hepatic
    hip hippocampus hires hitachi hologic hospital hr hu humerus idri ingenia intestine isbi isles
    iso ixi joint juelich kidney kidneys killiany kits knee lat lateral left lesion lesions lidc
    lits liver lobe loc localizer longitudinal lower lumbar lumen luna lung lungs lymph mag magnetom
    magnitude mammo mandible marrow maxilla mdc medial median melanoma meninges miccai mimic
    mindboggle mip mni mouth mpr mprage mr mra mri msd muscle myocardium nasal neck nerve neurology
    nlst nodule nodules normal nose oasis oblique oct oncology optic orbit organ ovary oxford palate
    pancreas parcels parietal pelvis perfusion pet pha phantom phase philips pixel plain pleura
    portal posterior postop preop prisma prone prostate proton pulmonary qin radiology radius rat
    recon reconstruction rectum ref registered renal resampled rest resting restingstate retina
    revolution rib ribs right rsna sacrum sag sagittal sample samsung sbref scapula schaefer scout
    segmentation sensorimotor series shoulder siemens signa sinus skin skull skyra sleep slice
    slices soft somatom spie spinal spine spleen sternum stir stomach stress stroke supine surgery
    swi talairach tcga tcia tendon test thalamus thigh thin thoracic thorax thyroid tibia tissue tof
    tone tongue tooth toshiba trace trachea tracts trio tumor tumour ukbb ulna ultrasound upper
    ureter uterus vascular vein venous ventricle ventricular verio vertebra vessel visit visual
    volume ward weighted whole wrist yeo
    """
)
# San Jose, Santa Monica: towns are named by saints; and Charles River, Thomas Street.
_TOWNS: Final = frozenset({"fort", "mount", "port", "saint", "san", "santa", "santo", "sao", "st"})
_PLACES: Final = words(
    """
    avenue bay beach bridge canyon city county creek falls forest harbor island islands lake
    mountain park peak river road square street terrier the tower valley village
    """
)
# Breeds, pictures, books and the two of every protocol.
_KNOWN_PAIRS: Final = frozenset(
    {
        ("alice", "bob"),
        ("anna", "karenina"),
        ("bob", "alice"),
        ("jack", "russell"),
        ("mona", "lisa"),
        ("oliver", "twist"),
        ("simon", "says"),
    }
)
_SHORTEST_NAME: Final = 2
_NO_NAMES: Final = _MEDICAL | _PLACES
# Shorter words in capitals are acronyms.
_SHORTEST_CAPITALS: Final = 3
_LONG_CAPITALS: Final = 5
_PAIR: Final = 2
_LONGEST: Final = 200


def personal_file(stem: str) -> bool:
    """Tell whether the name of a picture, recording or document names a person.

    Args:
        stem: the name without its suffix.

    Returns:
        Whether it holds a given name alone, beside a further name, or beside a word for a paper.

    >>> personal_file("passport_jane_doe"), personal_file("Jane"), personal_file("cat_001")
    (True, True, False)
    """
    parts = _parts(stem)
    if not _KNOWN_PAIRS.isdisjoint(pairwise(part.casefold() for part in parts)):
        return False
    for at, part in enumerate(parts):
        if given_name(part) and not (at and parts[at - 1].casefold() in _TOWNS):
            others = parts[:at] + parts[at + 1 :]
            papers = any(one.casefold() in _PAPERS for one in others)
            if not others or papers or any(_name(one) for one in _beside(parts, at)):
                return True
    return _joined_name(parts)


def patient_file(stem: str) -> bool:
    """Tell whether the name of a medical image or recording names its patient.

    Args:
        stem: the name without its suffix.

    Returns:
        Whether it holds a given name, a name after `patient`, or two capitalised words side by
        side that are no words of medicine.

    >>> patient_file("DOE^JANE"), patient_file("Left_Knee_T2"), patient_file("patient_0042")
    (True, False, False)
    """
    parts = _parts(stem)
    if any(given_name(part) for part in parts) or _joined_name(parts):
        return True
    for one, other in pairwise(parts):
        if one.casefold() in _PATIENTS and len(other) > _PAIR and _patients_name(other):
            return True
        if _capitals(one, other) and _patients_name(one) and _patients_name(other):
            return True
    return False


def _parts(stem: str) -> list[str]:
    return parts_of(stem[:_LONGEST])


def _beside(parts: list[str], at: int) -> list[str]:
    """Give the words next to one; an initial stands for the word behind it."""
    before = parts[at - 1 : at] if at else []
    after = parts[at + 1 : at + 3]
    if after and len(after[0]) > 1:
        after = after[:1]
    return before + after


def _name(part: str) -> bool:
    """Tell whether a word beside a given name can be the other name."""
    word = part.casefold()
    return len(word) > _SHORTEST_NAME and not technical(word) and word not in _NO_NAMES


def _patients_name(part: str) -> bool:
    return not technical(part) and part.casefold() not in _MEDICAL | _PATIENTS | _PAPERS


def _capitals(one: str, other: str) -> bool:
    """Tell whether two words are written like names: Jane Doe, MUSTER ERIKA; but LIDC IDRI."""
    if one.isupper() or other.isupper():
        lengths = sorted((len(one), len(other)))
        return lengths[0] >= _SHORTEST_CAPITALS and lengths[1] >= _LONG_CAPITALS
    return all(len(part) >= _SHORTEST_NAME and part.istitle() for part in (one, other))


def _joined_name(parts: list[str]) -> bool:
    """Tell whether names are written in one word, and little else is there: janedoe, janesmith."""
    named = [rest for part in parts if (rest := led_by_given_name(part)) is not None]
    known = all(
        technical(part) or part.casefold() in _PAPERS | _PATIENTS or led_by_given_name(part)
        for part in parts
    )
    return known and any(not technical(rest) and rest not in _MEDICAL for rest in named)
