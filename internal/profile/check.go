package profile

import "nastavnik/internal/diag"

// Check applies the rules to a school's profile.
func Check(s *School) diag.List { var list diag.List; return list }

// CheckMunicipality applies the rules to a district's own profile.
func CheckMunicipality(m *Municipality) diag.List { var list diag.List; return list }
