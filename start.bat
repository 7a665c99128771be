@echo off
rem First steps on Windows: makes an environment of its own, installs, checks, makes a report.
rem Double-click it, or run it from a window. docs\windows.md tells more; no administrator is needed.
rem "start.bat update" installs again what is in this folder or newer.
rem TOOLKIT_HOME: where the environment goes. TOOLKIT_REPORTS: where reports and lessons go.
rem Plain ASCII on purpose: what is said to the reader stands in windows\ja and windows\en.
setlocal EnableExtensions DisableDelayedExpansion
set "HERE=%~dp0"
if not defined TOOLKIT_HOME set "TOOLKIT_HOME=%LOCALAPPDATA%\business-system-toolkit"
if not defined TOOLKIT_REPORTS set "TOOLKIT_REPORTS=%USERPROFILE%\shindan"
set "VENV=%TOOLKIT_HOME%\venv"
set "PYTHON=%VENV%\Scripts\python.exe"
set "PYTHONUTF8=1"
set "PIP_DISABLE_PIP_VERSION_CHECK=1"

rem The reader's language: Japanese where Windows speaks it, else English.
if not defined TOOLKIT_LANG (
  set "TOOLKIT_LANG=en"
  reg query "HKCU\Control Panel\International" /v LocaleName 2>nul | findstr /i "ja-JP" >nul && set "TOOLKIT_LANG=ja"
)
for /f "tokens=2 delims=:." %%c in ('chcp') do set "PAGE=%%c"
chcp 65001 >nul

if exist "%PYTHON%" if exist "%VENV%\installed" if /i not "%~1"=="update" goto check
if exist "%PYTHON%" goto install
call :find
if not defined FOUND (
  call :say python
  goto failed
)
call :say environment
%FOUND% -m venv "%VENV%"
if errorlevel 1 goto failed

:install
call :say install
set "WHAT="
for %%w in ("%HERE%business_system_toolkit-*.whl" "%HERE%dist\business_system_toolkit-*.whl") do set "WHAT=%%~fw"
if not defined WHAT if exist "%HERE%pyproject.toml" set "WHAT=%HERE%."
if not defined WHAT (
  call :say package
  goto failed
)
"%PYTHON%" -m pip install --quiet --upgrade "%WHAT%[office]"
if errorlevel 1 goto failed
type nul > "%VENV%\installed"

:check
if not exist "%TOOLKIT_REPORTS%" mkdir "%TOOLKIT_REPORTS%"
pushd "%TOOLKIT_REPORTS%"
"%PYTHON%" -m toolkit doctor --out "%TOOLKIT_REPORTS%"
if errorlevel 1 (
  popd
  goto failed
)
call :say report
"%PYTHON%" -m toolkit demo --out "%TOOLKIT_REPORTS%\demo"
if errorlevel 1 (
  popd
  goto failed
)
if defined TOOLKIT_NO_LESSON goto done
call :say lessons
choice /c YN /n
if errorlevel 2 goto done
"%PYTHON%" -m toolkit learn --dir "%TOOLKIT_REPORTS%\lessons"

:done
popd
call :say done
call :leave
exit /b 0

:failed
call :say failed
call :leave
exit /b 1

:find
rem A Python of 64 bits, 3.11 or later: by the launcher first, then the one on the path.
set "FOUND="
for %%v in (-3.11 -3.12 -3.13 -3.14 -3) do if not defined FOUND call :try py %%v
if not defined FOUND call :try python
exit /b 0

:try
%* -c "import sys, venv; sys.exit(not (sys.version_info >= (3, 11) and sys.maxsize > 2**32))" >nul 2>nul
if not errorlevel 1 set "FOUND=%*"
exit /b 0

:say
echo.
type "%HERE%windows\%TOOLKIT_LANG%\%1.txt"
exit /b 0

:leave
if not defined TOOLKIT_NO_PAUSE pause
chcp %PAGE% >nul
exit /b 0
